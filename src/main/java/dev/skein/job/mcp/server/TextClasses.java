package dev.skein.job.mcp.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells failures by how a text begins. Documentation may contain the same words, so only the beginning of a short text
 * counts.
 *
 * @param prefixes how texts of a class begin, in the order in which they are tried
 * @param expected how the answer to an action begins, by action
 */
record TextClasses(List<Prefix> prefixes, Map<String, String> expected) {
    /** How a text of a class begins. */
    record Prefix(String text, TextClass meaning) {}

    static final int SHORT = 500;
    private static final int SERVER_FAULT = 500;
    private static final Pattern STATUS = Pattern.compile("\\D*(\\d{3})\\b.*", Pattern.DOTALL);

    TextClasses {
        prefixes = List.copyOf(prefixes);
        expected = Map.copyOf(expected);
    }

    /** Reads {@code classes.CLASS}, beginnings separated by bars, and {@code expects.ACTION}. */
    static TextClasses of(Words words) {
        var prefixes = new ArrayList<Prefix>();
        words.under("classes")
                .forEach((name, texts) -> Stream.of(texts.split("\\|"))
                        .filter(text -> !text.isBlank())
                        .forEach(text -> prefixes.add(new Prefix(text.strip(), meaning(words, name)))));
        return new TextClasses(prefixes, words.under("expects"));
    }

    private static TextClass meaning(Words words, String name) {
        try {
            return TextClass.of(name);
        } catch (IllegalArgumentException e) {
            throw words.wrong("classes." + name, "is not the name of a class of texts");
        }
    }

    TextClass of(String action, String text) {
        var begin = text.stripLeading();
        if (begin.length() < SHORT) {
            for (var prefix : prefixes) {
                if (begin.startsWith(prefix.text)) {
                    return refined(prefix, begin);
                }
            }
        }
        var wanted = expected.get(action);
        return wanted == null || begin.startsWith(wanted) ? TextClass.OK : TextClass.SUSPICIOUS;
    }

    private static TextClass refined(Prefix prefix, String text) {
        if (prefix.meaning != TextClass.UPSTREAM) {
            return prefix.meaning;
        }
        var status = STATUS.matcher(text.substring(prefix.text.length()));
        boolean refused = status.matches() && Integer.parseInt(status.group(1)) < SERVER_FAULT;
        return refused ? TextClass.UPSTREAM_REFUSED : TextClass.UPSTREAM;
    }
}
