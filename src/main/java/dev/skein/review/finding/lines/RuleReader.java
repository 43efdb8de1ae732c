package dev.skein.review.finding.lines;

import dev.skein.review.Rule;
import dev.skein.review.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules from JSON lines. */
public final class RuleReader {
    private RuleReader() {}

    /** All rules, in the order of the lines. */
    public static List<Rule> read(InputStream from) throws IOException {
        List<Rule> rules = new ArrayList<>();
        try (var fields = new Fields(from)) {
            while (fields.next()) {
                rules.add(new Parts(fields).read());
            }
        }
        return rules;
    }

    /** One rule in the making. */
    private static final class Parts {
        private final Fields fields;
        private @Nullable String id;
        private String summary = "";
        private String help = "";
        private String link = "";
        private @Nullable Severity severity;
        private List<String> tags = List.of();

        Parts(Fields fields) {
            this.fields = fields;
        }

        Rule read() {
            for (var key = fields.key(); key != null; key = fields.key()) {
                switch (key) {
                    case "id" -> id = fields.text();
                    case "summary" -> summary = fields.text();
                    case "help" -> help = fields.text();
                    case "link" -> link = fields.text();
                    case "severity" -> severity = fields.word(Severity::of);
                    case "tags" -> tags = fields.texts();
                    default -> fields.skip();
                }
            }
            return new Rule(
                    fields.required(id, "id"), summary, help, link, fields.required(severity, "severity"), tags);
        }
    }
}
