package dev.skein.index.scan;

import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.SymbolKind;
import java.util.List;

/** Reads members of a type, and what stands at the top of a file beside types. */
final class Members {
    private final Lexer lexer;
    private final Skipper skipper;
    private final TypeReader types;
    private final Parameters parameters;
    private List<Declared> found = List.of();
    private Scopes scopes = new Scopes();
    int memberStart;
    int docStop;

    /** What has been read of a declaration before its kind is known. */
    record Begun(int start, int docStart, int modifiers) {}

    Members(Lexer lexer, Skipper skipper, TypeReader types, Parameters parameters) {
        this.lexer = lexer;
        this.skipper = skipper;
        this.types = types;
        this.parameters = parameters;
    }

    void begin(List<Declared> found, Scopes scopes) {
        this.found = found;
        this.scopes = scopes;
    }

    /** Whether more declarations are looked at. */
    boolean hasRoom() {
        return found.size() < JavaExtractor.DECLARATIONS_MAX;
    }

    /** Notes where a declaration begins and its documentation. */
    void opens(Declared declared) {
        declared.start = lexer.start;
        declared.docStart = lexer.docStart;
        declared.docStop = lexer.docStop;
    }

    Declared declared(SymbolKind kind, Begun begun) {
        var declared = new Declared(kind, scopes.parent());
        declared.start = begun.start;
        declared.modifiers = begun.modifiers;
        declared.docStart = begun.docStart;
        declared.docStop = docStop;
        return declared;
    }

    /** Takes the word the lexer is at as the name. */
    void named(Declared declared) {
        declared.nameStart = lexer.start;
        declared.nameStop = lexer.stop;
        declared.name = text(lexer.start, lexer.stop);
        lexer.next();
    }

    private String text(int from, int to) {
        return new String(lexer.text, from, to - from);
    }

    int add(Declared declared) {
        if (declared.name.isEmpty()) {
            declared.name = text(declared.nameStart, declared.nameStop);
        }
        declared.stop = Math.max(declared.stop, lexer.previousStop);
        declared.modifiers |= scopes.isHidden() && !isOwner(declared) ? Modifiers.HIDDEN : 0;
        found.add(declared);
        return found.size() - 1;
    }

    /** A constant is entered before it is added, and is not within its own body. */
    private boolean isOwner(Declared declared) {
        return scopes.innermost().owner == declared;
    }

    boolean isRecord() {
        if (lexer.peek() != Lexer.WORD) {
            return false;
        }
        int at = lexer.start;
        lexer.next();
        int after = lexer.peek();
        lexer.jump(at);
        return after == '(' || after == '<';
    }

    /** Type parameters, a record's components and what a type extends, up to its body. */
    void header(Declared type, int index) {
        if (lexer.is('<')) {
            typeParameters(index);
        }
        if (lexer.is('(')) {
            type.parameters = parameters.read(this::component, index);
        }
        types.take();
        types.header();
        type.type = types.take();
        type.stop = lexer.previousStop;
    }

    private void component(Declared declared) {
        if (hasRoom()) {
            add(declared);
        }
    }

    private void typeParameters(int parent) {
        lexer.next();
        while (!lexer.is('>') && lexer.token != Lexer.END && hasRoom()) {
            types.annotations();
            if (!lexer.is(Lexer.WORD)) {
                return;
            }
            var parameter = new Declared(SymbolKind.TYPE_PARAMETER, parent);
            parameter.start = lexer.start;
            named(parameter);
            types.take();
            bound();
            parameter.type = types.take();
            if (parent >= 0) {
                add(parameter);
            }
            if (lexer.is(',')) {
                lexer.next();
            }
        }
        if (lexer.is('>')) {
            lexer.next();
        }
    }

    private void bound() {
        if (lexer.word() != Word.EXTENDS) {
            return;
        }
        lexer.next();
        types.type();
        while (lexer.is('&')) {
            types.append('&');
            lexer.next();
            types.type();
        }
    }

    void member(Begun begun) {
        if (scopes.isEmpty() && isFileLevel(begun)) {
            return;
        }
        var word = lexer.word();
        if (word.isStatement()) {
            skipper.statement();
            return;
        }
        int index = found.size();
        if (lexer.is('<')) {
            typeParameters(index); // declared before the method they belong to is: moved behind it below
            types.annotations();
        }
        if (!lexer.is(Lexer.WORD) || lexer.word().isReserved()) {
            found.subList(index, found.size()).clear();
            return;
        }
        int after = lexer.peek();
        if (after == '(' || (after == '{' && isConstructorName())) {
            constructor(begun, index);
        } else {
            typed(begun, index);
        }
    }

    private boolean isConstructorName() {
        return scopes.isNamed(text(lexer.start, lexer.stop));
    }

    private void constructor(Begun begun, int index) {
        var kind = isConstructorName() ? SymbolKind.CONSTRUCTOR : SymbolKind.METHOD;
        var method = declared(kind, begun);
        named(method);
        found.add(index, method); // before its type parameters
        if (lexer.is('(')) {
            method.parameters = parameters.read(Parameters.Components.NONE, index);
        }
        body(method);
        boolean call = kind == SymbolKind.METHOD && lexer.text[lexer.previousStop - 1] != '}';
        finish(index, call);
    }

    private void typed(Begun begun, int index) {
        types.take();
        types.type();
        var type = types.take();
        if (!lexer.is(Lexer.WORD) || lexer.word().isReserved()) {
            found.subList(index, found.size()).clear();
            return;
        }
        boolean isMethod = lexer.peek() == '(';
        if (isMethod) {
            var method = declared(methodKind(), begun);
            method.type = type;
            named(method);
            found.add(index, method);
            method.parameters = parameters.read(Parameters.Components.NONE, index);
            method.type += dimensions();
            body(method);
            finish(index, false);
        } else {
            found.subList(index, found.size()).clear();
            fields(begun, type);
        }
    }

    private SymbolKind methodKind() {
        return !scopes.isEmpty() && scopes.innermost().owner.kind == SymbolKind.ANNOTATION
                ? SymbolKind.ANNOTATION_ELEMENT
                : SymbolKind.METHOD;
    }

    private String dimensions() {
        types.take();
        types.dimensions();
        return types.take();
    }

    private void body(Declared method) {
        if (lexer.word() == Word.THROWS) {
            types.header();
            types.take();
        }
        if (lexer.word() == Word.DEFAULT) {
            lexer.next();
            skipper.initialiser();
        }
        if (lexer.is('{')) {
            skipper.block();
        } else if (lexer.is(';')) {
            lexer.next();
        }
        method.stop = lexer.previousStop;
    }

    /** Completes the method at {@code index}, or drops it and its type parameters when it is only a call. */
    private void finish(int index, boolean drop) {
        if (drop) {
            found.subList(index, found.size()).clear();
            return;
        }
        found.get(index).modifiers |= scopes.isHidden() ? Modifiers.HIDDEN : 0;
    }

    private void fields(Begun begun, String type) {
        while (isName() && hasRoom()) {
            var field = declared(SymbolKind.FIELD, begun);
            named(field);
            field.type = type + dimensions();
            if (lexer.is('=')) {
                lexer.next();
                skipper.initialiser();
            }
            add(field);
            if (!lexer.is(',')) {
                break;
            }
            lexer.next();
        }
        if (lexer.is(';')) {
            lexer.next();
        }
    }

    private boolean isFileLevel(Begun begun) {
        switch (lexer.word()) {
            case PACKAGE -> {
                lexer.next();
                var unit = declared(SymbolKind.PACKAGE, begun);
                qualified(unit);
                scopes.within(unit.name);
            }
            case IMPORT -> importedName();
            case OPEN, MODULE -> {
                return isModule(begun);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void importedName() {
        do {
            lexer.next();
        } while (lexer.is('.') || lexer.is('*') || lexer.word() == Word.STATIC || isName());
    }

    private boolean isName() {
        return lexer.is(Lexer.WORD) && !lexer.word().isReserved();
    }

    private boolean isModule(Begun begun) {
        if (lexer.peek() != Lexer.WORD) {
            return false;
        }
        int at = lexer.start;
        if (lexer.word() == Word.OPEN) {
            lexer.next();
        }
        if (lexer.word() != Word.MODULE || lexer.peek() != Lexer.WORD) {
            lexer.jump(at);
            return false;
        }
        lexer.next();
        qualified(declared(SymbolKind.MODULE, begun));
        if (lexer.is('{')) {
            skipper.block();
            found.get(found.size() - 1).stop = lexer.previousStop;
            return true;
        }
        found.remove(found.size() - 1); // a field of a type called module
        lexer.jump(at);
        return false;
    }

    private void qualified(Declared declared) {
        types.take();
        declared.nameStart = lexer.start;
        while (lexer.is(Lexer.WORD)) {
            types.word();
            declared.nameStop = lexer.previousStop;
            if (!lexer.is('.')) {
                break;
            }
            types.append('.');
            lexer.next();
        }
        declared.name = types.take();
        if (lexer.is(';')) {
            lexer.next();
        }
        if (!declared.name.isEmpty()) {
            add(declared);
        }
    }
}
