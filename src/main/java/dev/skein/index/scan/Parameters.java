package dev.skein.index.scan;

import dev.skein.index.symbol.SymbolKind;

/** The list between the parentheses of a method, a constructor or a record's header. */
final class Parameters {
    private final Lexer lexer;
    private final Skipper skipper;
    private final TypeReader types;
    private final StringBuilder list = new StringBuilder();

    Parameters(Lexer lexer, Skipper skipper, TypeReader types) {
        this.lexer = lexer;
        this.skipper = skipper;
        this.types = types;
    }

    /** What takes the declarations that a record's header makes. */
    interface Components {
        Components NONE = component -> {};

        void add(Declared component);
    }

    /**
     * From the opening parenthesis to the token after the closing one, or to a brace or semicolon before it.
     *
     * @return the types of the parameters, as {@code (int, List<String>...)}; a receiver is none of them
     */
    String read(Components components, int parent) {
        list.setLength(0);
        list.append('(');
        lexer.next();
        while (!isEnd()) {
            int before = lexer.start;
            one(components, parent);
            resume();
            if (lexer.start == before) {
                lexer.next();
            }
        }
        if (lexer.is(')')) {
            lexer.next();
        }
        return list.append(')').toString();
    }

    private boolean isEnd() {
        return switch (lexer.token) {
            case ')', '{', '}', ';', Lexer.END -> true;
            default -> false;
        };
    }

    private void one(Components components, int parent) {
        int start = lexer.start;
        types.annotations();
        while (lexer.word() == Word.FINAL) {
            lexer.next();
            types.annotations();
        }
        types.take();
        if (!types.type()) {
            return;
        }
        types.annotations(); // between a type and its dots
        types.dimensions();
        if (!lexer.is(Lexer.WORD) || lexer.word() == Word.THIS || lexer.peek() == '.') {
            types.take(); // the receiver, or something broken
            return;
        }
        var component = new Declared(SymbolKind.RECORD_COMPONENT, parent);
        component.start = start;
        component.nameStart = lexer.start;
        component.nameStop = lexer.stop;
        lexer.next();
        types.dimensions();
        component.stop = lexer.previousStop;
        component.type = types.take();
        list.append(list.length() > 1 ? ", " : "").append(component.type);
        components.add(component);
    }

    /** To the token after the comma that ends a parameter, or to the end of the list. */
    private void resume() {
        while (!isEnd() && !lexer.is(',')) {
            if (lexer.is('(')) {
                skipper.parentheses();
            } else {
                lexer.next();
            }
        }
        if (lexer.is(',')) {
            lexer.next();
        }
    }
}
