package dev.skein.review.engine.model;

import dev.skein.kernel.Ids;
import dev.skein.review.Lines;
import dev.skein.review.engine.check.Text;

/** Shows text so that it cannot be taken for anything else: between two lines with a mark that it cannot know. */
final class Fence {
    private static final int MARK_BYTES = 12;

    private final String mark = "DATA-" + Ids.hex(MARK_BYTES);

    String mark() {
        return mark;
    }

    String around(String text) {
        return "<<<" + mark + "\n" + text + (text.endsWith("\n") ? "" : "\n") + mark + ">>>\n";
    }

    /** Lines with their numbers before a bar. */
    String numbered(Text text, Lines lines) {
        var shown = new StringBuilder();
        int last = Math.min(lines.last(), text.lines());
        for (int number = lines.first(); number <= last; number++) {
            shown.append(number).append("| ").append(text.line(number)).append('\n');
        }
        return around(shown.toString());
    }
}
