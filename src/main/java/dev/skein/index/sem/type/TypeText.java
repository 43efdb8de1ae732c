package dev.skein.index.sem.type;

import java.util.ArrayList;
import java.util.List;

/**
 * A type as it is written, taken apart.
 *
 * @param names from the left, between dots
 * @param args of the last name
 * @param wildcard whether it is a wildcard, whose bound the rest is
 */
record TypeText(List<String> names, List<TypeText> args, int dims, boolean wildcard) {
    static final TypeText NONE = new TypeText(List.of(), List.of(), 0, false);

    private static final int DEPTH_MAX = 50;

    static TypeText of(String text) {
        return new Reader(text).type(0);
    }

    /** The types after one of the words {@code extends} and {@code implements} in the header of a type. */
    static List<TypeText> supertypes(String header) {
        return new Reader(header).supertypes();
    }

    /** Types with {@code &} between. */
    static List<TypeText> bounds(String text) {
        var reader = new Reader(text);
        var all = new ArrayList<TypeText>();
        do {
            all.add(reader.type(0));
        } while (reader.takes('&'));
        return all;
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<TypeText> supertypes() {
            var all = new ArrayList<TypeText>();
            while (at < text.length()) {
                int before = at;
                var word = word();
                if (word.equals("permits")) {
                    return all;
                }
                if (word.equals("extends") || word.equals("implements")) {
                    do {
                        all.add(type(0));
                    } while (takes(','));
                }
                at = Math.max(at, before + 1);
            }
            return all;
        }

        TypeText type(int depth) {
            if (depth > DEPTH_MAX) {
                return NONE;
            }
            annotations();
            if (takes('?')) {
                return wildcard(depth);
            }
            var names = new ArrayList<String>();
            List<TypeText> args = List.of();
            do {
                annotations();
                names.add(word());
                args = arguments(depth);
            } while (!isDots() && takes('.'));
            annotations();
            return new TypeText(names, args, dimensions(), false);
        }

        private TypeText wildcard(int depth) {
            int before = at;
            var word = word();
            if (word.equals("extends") || word.equals("super")) {
                var bound = type(depth + 1);
                return new TypeText(bound.names, bound.args, bound.dims, true);
            }
            at = before;
            return new TypeText(List.of(), List.of(), 0, true);
        }

        private List<TypeText> arguments(int depth) {
            if (!takes('<')) {
                return List.of();
            }
            var args = new ArrayList<TypeText>();
            while (at < text.length() && !takes('>')) {
                int before = at;
                args.add(type(depth + 1));
                takes(',');
                at = Math.max(at, before + 1);
            }
            return args;
        }

        private int dimensions() {
            int dims = 0;
            while (takes('[')) {
                takes(']');
                dims++;
                annotations();
            }
            return isDots() ? dims + 1 : dims;
        }

        private boolean isDots() {
            skipBlanks();
            return text.startsWith("...", at);
        }

        private void annotations() {
            while (takes('@')) {
                do {
                    word();
                } while (takes('.'));
                int depth = 0;
                skipBlanks();
                if (at < text.length() && text.charAt(at) == '(') {
                    do {
                        depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
                        at++;
                    } while (depth > 0 && at < text.length());
                }
            }
        }

        boolean takes(char c) {
            skipBlanks();
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        private String word() {
            skipBlanks();
            int from = at;
            while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
                at++;
            }
            return text.substring(from, at);
        }

        private void skipBlanks() {
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
        }
    }
}
