package dev.skein.review.engine.check;

import dev.skein.review.Proposal;
import dev.skein.review.Rule;
import dev.skein.review.Severity;
import java.util.List;
import java.util.function.Consumer;

/** Characters that make a text look other than it is read. */
final class HiddenCharacters implements TextCheck {
    private static final Rule DIRECTION = new Rule(
            "bidirectional-control",
            "A character that turns the direction of writing hides what the code does",
            "Such characters show code in another order than it is compiled in. Remove them or write an escape.",
            "https://trojansource.codes",
            Severity.HIGH,
            List.of("security"));

    @Override
    public List<Rule> rules() {
        return List.of(DIRECTION);
    }

    @Override
    public void look(Text text, Consumer<Proposal> found) {
        for (int number = 1; number <= text.lines(); number++) {
            var line = text.line(number);
            int at = first(line);
            if (at >= 0) {
                found.accept(text.at(
                        new Text.Span(number, at, at + 1),
                        DIRECTION,
                        "U+%04X changes the direction in which this line is shown.".formatted((int) line.charAt(at))));
            }
        }
    }

    private static int first(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if ((c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069')) {
                return i;
            }
        }
        return -1;
    }
}
