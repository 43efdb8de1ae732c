package dev.skein.index.scan;

import dev.skein.index.source.SourceText;
import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.SymbolKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one text from declaration to declaration. Not thread-safe; made once and used for file after file.
 *
 * <p>A class keeps a list of open bodies instead of calling itself, so that depth costs memory and never the stack.
 */
final class DeclarationScanner {
    private final Lexer lexer = new Lexer();
    private final Skipper skipper = new Skipper(lexer);
    private final TypeReader types = new TypeReader(lexer, skipper);
    private final Parameters parameters = new Parameters(lexer, skipper, types);
    private final Scopes scopes = new Scopes();
    private final List<Declared> found = new ArrayList<>();
    private final Members members = new Members(lexer, skipper, types, parameters);
    private boolean byIndentation;
    private boolean balanced;

    /** The declarations of {@code text[0, end)} by where they are met; each after the one around it. */
    List<Declared> scan(char[] text, int end) {
        read(text, end, false);
        if (!balanced) {
            read(text, end, true);
        }
        return found;
    }

    /** Whether the braces of the text read last match, as far as it was read. */
    boolean isBalanced() {
        return balanced;
    }

    /** Why declarations of the text read last are left out, or none. */
    SourceText.Fault fault() {
        if (!members.hasRoom()) {
            return SourceText.Fault.TOO_MANY;
        }
        return scopes.isCut() ? SourceText.Fault.TOO_DEEP : SourceText.Fault.NONE;
    }

    private void read(char[] text, int end, boolean again) {
        byIndentation = again;
        skipper.begin(again);
        scopes.clear();
        found.clear();
        members.begin(found, scopes);
        boolean closed = true;
        lexer.read(text, end);
        while (lexer.token != Lexer.END && members.hasRoom()) {
            int before = lexer.start;
            closed &= one();
            if (lexer.start == before && lexer.token != Lexer.END) {
                lexer.next();
            }
        }
        balanced = !again && closed && (scopes.isEmpty() || !members.hasRoom());
        while (!scopes.isEmpty()) {
            scopes.leave(end);
        }
    }

    /** Reads what comes next; false when it is a brace that closes nothing. */
    private boolean one() {
        switch (lexer.token) {
            case ';' -> semicolon();
            case '}' -> {
                return close();
            }
            case '{' -> {
                skipper.memberAt(lexer.start);
                skipper.block();
            }
            default -> {
                if (scopes.isListing()) {
                    constant();
                } else {
                    declaration();
                }
            }
        }
        return true;
    }

    private void semicolon() {
        if (scopes.isListing()) {
            scopes.innermost().lists = false;
        }
        lexer.docStart = -1;
        lexer.next();
    }

    private boolean close() {
        boolean closes = !scopes.isEmpty() && !isTooDeep();
        if (closes) {
            scopes.leave(lexer.stop);
        }
        lexer.docStart = -1;
        lexer.next();
        return closes;
    }

    /** Whether a closing brace stands deeper than the type it would close, in a file whose braces do not match. */
    private boolean isTooDeep() {
        return byIndentation && skipper.indentation(lexer.start) > scopes.innermost().column;
    }

    private void constant() {
        var constant = new Declared(SymbolKind.ENUM_CONSTANT, scopes.parent());
        members.opens(constant);
        while (lexer.is('@') && lexer.peek() == Lexer.WORD) {
            constant.modifiers |= types.annotation() ? Modifiers.DEPRECATED : 0;
        }
        if (lexer.is(Lexer.WORD) && opensMember()) { // the constants end without a semicolon
            scopes.innermost().lists = false;
            return;
        }
        if (!lexer.is(Lexer.WORD)) {
            lexer.next();
            return;
        }
        members.named(constant);
        if (lexer.is('(')) {
            skipper.parentheses();
        }
        if (lexer.is('{')) {
            enter(new Scopes.Open(constant, found.size(), true));
            lexer.docStart = -1;
        }
        members.add(constant);
        if (lexer.is(',')) {
            lexer.docStart = -1;
            lexer.next();
        }
    }

    private boolean opensMember() {
        return lexer.word().isReserved();
    }

    private void declaration() {
        skipper.memberAt(lexer.start);
        int docStart = lexer.docStart;
        int modifiers = modifiers();
        if (lexer.is('{')) {
            skipper.block(); // an initialiser
            lexer.docStart = -1;
            return;
        }
        var begun = new Members.Begun(members.memberStart, docStart, modifiers);
        if (!opensType(begun)) {
            members.member(begun);
        }
        if (lexer.docStart == docStart) {
            lexer.docStart = -1;
        }
    }

    private int modifiers() {
        members.memberStart = lexer.start;
        members.docStop = lexer.docStop;
        int bits = 0;
        while (true) {
            if (lexer.is('@') && lexer.peek() == Lexer.WORD) {
                if (isAnnotationType()) {
                    return bits;
                }
                bits |= types.annotation() ? Modifiers.DEPRECATED : 0;
                continue;
            }
            int bit = lexer.word().modifier;
            if (bit == 0 || !isModifier(bit)) {
                return bits;
            }
            bits |= bit;
            lexer.next();
        }
    }

    private boolean isAnnotationType() {
        int start = lexer.start;
        lexer.next();
        boolean is = lexer.word() == Word.INTERFACE;
        lexer.jump(start);
        return is;
    }

    /**
     * Whether a word that is a modifier in some places is one here; {@code sealed} and {@code non} are names
     * elsewhere.
     */
    private boolean isModifier(int bit) {
        if (bit == Modifiers.SEALED) {
            return lexer.peek() == Lexer.WORD || lexer.peek() == '@';
        }
        if (bit == Modifiers.NON_SEALED) {
            if (lexer.peek() != '-') {
                return false;
            }
            lexer.next();
            lexer.next();
        }
        return true;
    }

    private boolean opensType(Members.Begun begun) {
        var kind = typeKind();
        if (kind == null) {
            return false;
        }
        if (kind == SymbolKind.ANNOTATION) {
            lexer.next();
        }
        lexer.next();
        if (!lexer.is(Lexer.WORD)) {
            return true; // a keyword without a name
        }
        var type = members.declared(kind, begun);
        members.named(type);
        int index = members.add(type);
        members.header(type, index);
        if (lexer.is('{')) {
            var open = new Scopes.Open(type, index, scopes.isHidden());
            open.lists = kind == SymbolKind.ENUM;
            enter(open);
        }
        return true;
    }

    /** To the first token of a body, or past all of one that is too deep. */
    private void enter(Scopes.Open body) {
        body.column = byIndentation ? skipper.indentation(body.owner.start) : 0;
        if (scopes.enter(body)) {
            lexer.next();
            return;
        }
        skipper.memberAt(body.owner.start);
        skipper.block();
        body.owner.stop = lexer.previousStop;
    }

    private @Nullable SymbolKind typeKind() {
        if (lexer.is('@')) {
            return SymbolKind.ANNOTATION;
        }
        return switch (lexer.word()) {
            case CLASS -> SymbolKind.CLASS;
            case INTERFACE -> SymbolKind.INTERFACE;
            case ENUM -> SymbolKind.ENUM;
            case RECORD -> members.isRecord() ? SymbolKind.RECORD : null;
            default -> null;
        };
    }
}
