package dev.skein.index.sem.platform;

import java.util.ArrayList;
import java.util.List;

/** Types in the form of class files, turned into the form of source with qualified names. */
final class SignatureText {
    private final String text;
    private int at;

    SignatureText(String text) {
        this.text = text;
    }

    /** A type parameter and its bound. */
    record Param(String name, String bound) {}

    List<Param> params() {
        var params = new ArrayList<Param>();
        if (!takes('<')) {
            return params;
        }
        while (!takes('>')) {
            int colon = text.indexOf(':', at);
            var name = text.substring(at, colon);
            at = colon;
            var bounds = new ArrayList<String>();
            while (takes(':')) {
                if (text.charAt(at) != ':') {
                    bounds.add(type());
                }
            }
            params.add(new Param(name, String.join(" & ", bounds)));
        }
        return params;
    }

    /** All that follow each other from here. */
    List<String> types() {
        var types = new ArrayList<String>();
        while (at < text.length() && text.charAt(at) != '^') {
            types.add(type());
        }
        return types;
    }

    /** Those between parentheses. */
    List<String> parameters() {
        var types = new ArrayList<String>();
        takes('(');
        while (!takes(')')) {
            types.add(type());
        }
        return types;
    }

    String type() {
        char c = text.charAt(at++);
        return switch (c) {
            case 'B' -> "byte";
            case 'C' -> "char";
            case 'D' -> "double";
            case 'F' -> "float";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'S' -> "short";
            case 'Z' -> "boolean";
            case 'V' -> "void";
            case '[' -> type() + "[]";
            case 'T' -> name(';');
            case '*' -> "?";
            case '+' -> "? extends " + type();
            case '-' -> "? super " + type();
            default -> classType();
        };
    }

    private String name(char until) {
        int end = text.indexOf(until, at);
        var name = text.substring(at, end);
        at = end + 1;
        return name;
    }

    private String classType() {
        var type = new StringBuilder();
        while (true) {
            char c = text.charAt(at++);
            switch (c) {
                case ';' -> {
                    return type.toString();
                }
                case '<' -> type.append(arguments());
                case '/', '$' -> type.append('.');
                case '.' -> {
                    int open = type.indexOf("<"); // arguments of the type around it
                    type.setLength(open < 0 ? type.length() : open);
                    type.append('.');
                }
                default -> type.append(c);
            }
        }
    }

    private String arguments() {
        var arguments = new ArrayList<String>();
        while (!takes('>')) {
            arguments.add(type());
        }
        return "<" + String.join(", ", arguments) + ">";
    }

    private boolean takes(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }
}
