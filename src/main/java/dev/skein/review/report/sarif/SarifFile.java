package dev.skein.review.report.sarif;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.skein.review.Finding;
import dev.skein.review.Finding.Suppression;
import dev.skein.review.Severity;
import dev.skein.review.finding.WellFormed;
import dev.skein.review.finding.baseline.Compared;
import dev.skein.review.finding.baseline.State;
import dev.skein.review.report.Counts;
import dev.skein.review.report.Outcome;
import dev.skein.review.report.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A review as SARIF 2.1.0, one run. Of more findings than a host takes the worst are kept and a notification says
 * how many are not there. What is fixed is left out, since hosts that ignore baselines would show it. Writes once.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class SarifFile {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String CATEGORY = "skein-review/";
    private static final String UNRESERVED = "-._~/!$&'()*+,;=@";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)}");

    private final Report report;
    private final Counts counts;
    private final long[] kept;
    private final long cut;
    private final JsonGenerator json;
    private final Map<String, Integer> rules = new HashMap<>();

    /** @param max how many findings are kept at most */
    public SarifFile(OutputStream to, Report report, Counts counts, long max) throws IOException {
        this.report = report;
        this.counts = counts;
        this.kept = counts.worst(max);
        this.cut = Math.max(0, counts.present() - max);
        this.json = new JsonFactory().createGenerator(to).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    /** All before the results. */
    public void begin() throws IOException {
        json.writeStartObject();
        text("$schema", SCHEMA);
        text("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        tool();
        json.writeObjectFieldStart("automationDetails");
        text("id", CATEGORY + report.run());
        json.writeEndObject();
        invocation();
        text("columnKind", "utf16CodeUnits");
        json.writeArrayFieldStart("results");
    }

    /** All behind the results. */
    public void end() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }

    private void tool() throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        text("name", "Skein");
        text("semanticVersion", report.tool().version());
        json.writeArrayFieldStart("rules");
        var writer = new SarifRules(json, report.rules(), report.tool().model().isEmpty());
        for (var rule : counts.rules().stream().limit(SarifRules.RULES_MAX).toList()) {
            rules.put(rule, rules.size());
            writer.write(rule);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void invocation() throws IOException {
        json.writeArrayFieldStart("invocations");
        json.writeStartObject();
        json.writeBooleanField("executionSuccessful", report.isComplete());
        json.writeNumberField("exitCode", Outcome.of(report.isComplete(), counts.failing()).exitCode);
        new SarifNotices(json, report).write(cut);
        json.writeEndObject();
        json.writeEndArray();
    }

    /** One finding, if it is among those that are kept. */
    public void write(Compared compared) throws IOException {
        var finding = compared.finding();
        var index = rules.get(finding.rule());
        if (index == null || compared.state() == State.FIXED || kept[Counts.rank(finding)]-- <= 0) {
            return;
        }
        json.writeRaw('\n');
        json.writeStartObject();
        text("ruleId", finding.rule());
        json.writeNumberField("ruleIndex", index);
        text("level", level(finding.severity()));
        message(json, message(finding));
        location(finding);
        fingerprints(finding);
        suppression(finding.suppression());
        if (compared.state() != null) {
            text("baselineState", compared.state().word());
        }
        properties(finding);
        json.writeEndObject();
    }

    static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, INFO -> "note";
        };
    }

    private static String message(Finding finding) {
        return finding.suggestion() == null
                ? finding.message()
                : finding.message() + "\n\nSuggestion: " + finding.suggestion();
    }

    /** Plain text: what looks like a link or a placeholder is none. */
    static void message(JsonGenerator json, String text) throws IOException {
        var plain = PLACEHOLDER.matcher(text).replaceAll("{{$1}}");
        if (plain.contains("](")) {
            plain = plain.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]");
        }
        json.writeObjectFieldStart("message");
        json.writeStringField("text", WellFormed.of(plain));
        json.writeEndObject();
    }

    private void location(Finding finding) throws IOException {
        var region = finding.region();
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        json.writeObjectFieldStart("physicalLocation");
        artifact(json, finding.path());
        json.writeObjectFieldStart("region");
        json.writeNumberField("startLine", region.startLine());
        json.writeNumberField("startColumn", region.startColumn());
        json.writeNumberField("endLine", region.endLine());
        json.writeNumberField("endColumn", region.endColumn());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
    }

    static void artifact(JsonGenerator json, String path) throws IOException {
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", encoded(path));
        json.writeStringField("uriBaseId", "%SRCROOT%");
        json.writeEndObject();
    }

    /** A path as a relative reference: UTF-8, everything that might mean something else in per cent. */
    private static String encoded(String path) {
        var encoded = new StringBuilder(path.length() + 16);
        for (byte b : WellFormed.of(path).getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    private void fingerprints(Finding finding) throws IOException {
        json.writeObjectFieldStart("partialFingerprints");
        if (!finding.lineHash().isEmpty()) {
            text("primaryLocationLineHash", finding.lineHash());
        }
        text("skein/v1", finding.fingerprint());
        json.writeEndObject();
    }

    private void suppression(@Nullable Suppression suppression) throws IOException {
        if (suppression == null) {
            return;
        }
        json.writeArrayFieldStart("suppressions");
        json.writeStartObject();
        text("kind", suppression.where().equals("source") ? "inSource" : "external");
        text("status", "accepted");
        text("justification", suppression.reason());
        json.writeEndObject();
        json.writeEndArray();
    }

    private void properties(Finding finding) throws IOException {
        json.writeObjectFieldStart("properties");
        text("severity", finding.severity().word());
        json.writeNumberField("confidence", finding.confidence());
        for (var each : List.of(
                Map.entry("engine", finding.engine()),
                Map.entry("model", finding.model()),
                Map.entry("task", finding.task()))) {
            if (!each.getValue().isEmpty()) {
                text(each.getKey(), each.getValue());
            }
        }
        json.writeEndObject();
    }

    private void text(String key, String value) throws IOException {
        json.writeStringField(key, WellFormed.of(value));
    }
}
