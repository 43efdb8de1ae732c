package dev.skein.review.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.skein.review.Finding;
import dev.skein.review.Rule;
import dev.skein.review.Severity;
import dev.skein.review.finding.WellFormed;
import dev.skein.review.finding.baseline.Compared;
import dev.skein.review.text.TextLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open findings as reviewdog's diagnostics, one a line. Columns count bytes of UTF-8, so the texts are needed;
 * where there is none, a diagnostic has lines only.
 *
 * @see <a href="https://github.com/reviewdog/reviewdog/tree/master/proto/rdf">Reviewdog Diagnostic Format</a>
 */
final class RdjsonLines {
    private final OutputStream to;
    private final JsonGenerator json;
    private final Texts texts;
    private final Map<String, Rule> rules;
    private String path = "";
    private @Nullable TextLines lines;
    private boolean isEmpty = true;

    RdjsonLines(OutputStream to, Texts texts, Map<String, Rule> rules) throws IOException {
        this.to = to;
        this.texts = texts;
        this.rules = rules;
        json = new JsonFactory().createGenerator(to).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setRootValueSeparator(new SerializedString("\n"));
    }

    void write(Compared compared) throws IOException {
        if (!compared.isOpen()) {
            return;
        }
        var finding = compared.finding();
        isEmpty = false;
        json.writeStartObject();
        json.writeStringField("message", WellFormed.of(message(finding)));
        location(finding);
        json.writeStringField("severity", severity(finding.severity()));
        json.writeObjectFieldStart("source");
        json.writeStringField("name", "skein " + finding.engine());
        json.writeEndObject();
        json.writeObjectFieldStart("code");
        json.writeStringField("value", WellFormed.of(finding.rule()));
        var rule = rules.get(finding.rule());
        if (rule != null && !rule.link().isEmpty()) {
            json.writeStringField("url", rule.link());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String message(Finding finding) {
        return finding.suggestion() == null
                ? finding.message()
                : finding.message() + "\n\nSuggestion: " + finding.suggestion();
    }

    private void location(Finding finding) throws IOException {
        var region = finding.region();
        json.writeObjectFieldStart("location");
        json.writeStringField("path", WellFormed.of(finding.path()));
        json.writeObjectFieldStart("range");
        position(finding.path(), "start", region.startLine(), region.startColumn());
        position(finding.path(), "end", region.endLine(), region.endColumn());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void position(String path, String name, int line, int column) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("line", line);
        var text = lines(path);
        if (text != null && line <= text.count()) {
            var before = text.line(line);
            int units = Math.min(column - 1, before.length());
            json.writeNumberField("column", 1 + before.substring(0, units).getBytes(StandardCharsets.UTF_8).length);
        }
        json.writeEndObject();
    }

    private @Nullable TextLines lines(String wanted) throws IOException {
        if (!path.equals(wanted)) {
            path = wanted;
            var text = texts.text(wanted);
            lines = text == null ? null : new TextLines(text);
        }
        return lines;
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "ERROR";
            case MEDIUM -> "WARNING";
            case LOW, INFO -> "INFO";
        };
    }

    void end() throws IOException {
        json.close();
        if (!isEmpty) {
            to.write('\n');
        }
    }
}
