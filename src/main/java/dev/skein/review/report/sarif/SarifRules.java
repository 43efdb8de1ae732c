package dev.skein.review.report.sarif;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skein.review.Rule;
import dev.skein.review.Severity;
import dev.skein.review.finding.WellFormed;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules of a SARIF file, within what GitHub takes. */
final class SarifRules {
    static final int RULES_MAX = 25_000;
    private static final int NAME_MAX = 255;
    private static final int DESCRIPTION_MAX = 1_024;
    private static final int TAGS_MAX = 10;
    private static final String SECURITY = "security";

    private final JsonGenerator json;
    private final Map<String, Rule> known = new HashMap<>();
    private final String precision;

    SarifRules(JsonGenerator json, List<Rule> rules, boolean exact) {
        this.json = json;
        this.precision = exact ? "high" : "medium";
        rules.forEach(rule -> known.putIfAbsent(rule.id(), rule));
    }

    void write(String id) throws IOException {
        var rule = known.getOrDefault(id, new Rule(id, id, "", "", Severity.MEDIUM, List.of()));
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("id", WellFormed.of(id));
        json.writeStringField("name", WellFormed.of(WellFormed.cut(id, NAME_MAX)));
        text("shortDescription", rule.summary().isBlank() ? id : rule.summary(), DESCRIPTION_MAX);
        text("fullDescription", rule.summary().isBlank() ? id : rule.summary(), DESCRIPTION_MAX);
        text("help", rule.help().isBlank() ? rule.summary() : rule.help(), Integer.MAX_VALUE);
        if (rule.link().startsWith("https://") || rule.link().startsWith("http://")) {
            json.writeStringField("helpUri", rule.link().replace(" ", "%20"));
        }
        json.writeObjectFieldStart("defaultConfiguration");
        json.writeStringField("level", SarifFile.level(rule.severity()));
        json.writeEndObject();
        properties(rule);
        json.writeEndObject();
    }

    private void properties(Rule rule) throws IOException {
        json.writeObjectFieldStart("properties");
        json.writeArrayFieldStart("tags");
        for (var tag : rule.tags().stream().distinct().limit(TAGS_MAX).toList()) {
            json.writeString(WellFormed.of(tag));
        }
        json.writeEndArray();
        json.writeStringField("precision", precision);
        json.writeStringField("problem.severity", problem(rule.severity()));
        if (rule.tags().contains(SECURITY)) {
            json.writeStringField("security-severity", score(rule.severity()));
        }
        json.writeEndObject();
    }

    private void text(String key, String value, int max) throws IOException {
        json.writeObjectFieldStart(key);
        json.writeStringField("text", WellFormed.of(WellFormed.cut(value, max)));
        json.writeEndObject();
    }

    private static String problem(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, INFO -> "recommendation";
        };
    }

    /** In the middle of what GitHub shows under the same word. */
    private static String score(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "2.0";
            case INFO -> "0.1";
        };
    }
}
