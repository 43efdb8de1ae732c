package dev.skein.review.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.Finding;
import dev.skein.review.Findings;
import dev.skein.review.Severity;
import dev.skein.review.finding.baseline.Compared;
import dev.skein.review.finding.baseline.State;
import dev.skein.review.finding.lines.FindingReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SarifTest {
    private static final Finding HOSTILE = Findings.at(4)
            .path("src/a b/\u00e9#?%:\n.java")
            .said("see [this](https://evil.example) and {0} {name}\uD800", "do \"that\"")
            .suppressed("source", "")
            .finding();

    @TempDir
    Path directory;

    @Test
    void a_file_is_valid_by_the_schema_of_the_standard() throws IOException {
        var findings = List.of(
                Compared.alone(HOSTILE),
                new Compared(Findings.at(1).severity(Severity.CRITICAL).finding(), State.NEW),
                new Compared(
                        Findings.at(2)
                                .rule("unknown-rule")
                                .suppressed("dismissed", "no")
                                .finding(),
                        State.UNCHANGED),
                new Compared(Findings.at(3).finding(), State.FIXED));

        assertThat(faults(sarif(Reports.incomplete(), findings))).isEmpty();
        assertThat(faults(sarif(Reports.complete(), List.of()))).isEmpty();
    }

    @Test
    void the_schema_refuses_what_is_wrong() throws IOException {
        var wrong = sarif(Reports.complete(), List.of(Compared.alone(HOSTILE)));
        result(wrong, 0).put("level", "bad");

        assertThat(faults(wrong)).isNotEmpty();
    }

    @Test
    void paths_are_relative_and_encoded_and_messages_are_plain() throws IOException {
        var result = result(sarif(Reports.complete(), List.of(Compared.alone(HOSTILE))), 0);

        var place = result.getJsonArray("locations").getJsonObject(0).getJsonObject("physicalLocation");
        assertThat(place.getJsonObject("artifactLocation").getString("uri"))
                .isEqualTo("src/a%20b/%C3%A9%23%3F%25%3A%0A.java");
        assertThat(place.getJsonObject("region").encode())
                .isEqualTo("{\"startLine\":4,\"startColumn\":5,\"endLine\":4,\"endColumn\":12}");
        assertThat(result.getJsonObject("message").getString("text"))
                .isEqualTo("see \\[this\\](https://evil.example) and {{0}} {name}\uFFFD\n\nSuggestion: do \"that\"");
    }

    @Test
    void rules_levels_fingerprints_and_states_are_there() throws IOException {
        var findings = List.of(
                new Compared(Findings.at(1).severity(Severity.HIGH).finding(), State.NEW),
                new Compared(Findings.at(2).finding(), State.FIXED));
        var sarif = sarif(Reports.complete(), findings);
        var rule = run(sarif)
                .getJsonObject("tool")
                .getJsonObject("driver")
                .getJsonArray("rules")
                .getJsonObject(0);

        assertThat(run(sarif).getJsonArray("results")).hasSize(1);
        assertThat(result(sarif, 0).getString("level")).isEqualTo("error");
        assertThat(result(sarif, 0).getString("baselineState")).isEqualTo("new");
        assertThat(result(sarif, 0).getJsonObject("partialFingerprints").getString("primaryLocationLineHash"))
                .isEqualTo("abc1:1");
        assertThat(rule.getJsonObject("properties").getString("security-severity"))
                .isEqualTo("8.0");
        assertThat(run(sarif).getString("columnKind")).isEqualTo("utf16CodeUnits");
    }

    @Test
    void an_incomplete_review_says_so() throws IOException {
        var invocation = run(sarif(Reports.incomplete(), List.of()))
                .getJsonArray("invocations")
                .getJsonObject(0);

        assertThat(invocation.getBoolean("executionSuccessful")).isFalse();
        assertThat(invocation.getInteger("exitCode")).isEqualTo(8);
        assertThat(invocation.getJsonArray("toolExecutionNotifications").encode())
                .contains("99.9 % of the lines were reviewed", "src/b was not reviewed", "too-long");
    }

    @Test
    void of_too_many_findings_the_worst_are_kept_and_the_rest_is_counted() throws IOException {
        List<Compared> findings = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            findings.add(Compared.alone(
                    Findings.at(i).severity(Severity.values()[i % 5]).finding()));
        }
        var sarif = written(Reports.complete(), findings, 20, Long.MAX_VALUE);

        assertThat(run(sarif).getJsonArray("results")).hasSize(20);
        assertThat(severities(run(sarif).getJsonArray("results"))).isEqualTo("critical 12, high 8");
        assertThat(sarif.encode()).contains("40 findings are not in this file");
    }

    @Test
    void a_file_that_would_be_too_large_gets_fewer_findings() throws IOException {
        List<Compared> findings = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            findings.add(Compared.alone(Findings.at(i).finding()));
        }

        var sarif = written(Reports.complete(), findings, 25_000, 5_000);

        assertThat(run(sarif).getJsonArray("results").size()).isBetween(10, 400);
    }

    private static String severities(JsonArray results) {
        return results.stream()
                .map(each -> ((JsonObject) each).getJsonObject("properties").getString("severity"))
                .collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private JsonObject sarif(Report report, List<Compared> findings) throws IOException {
        return written(report, findings, 25_000, 10_000_000);
    }

    private JsonObject written(Report report, List<Compared> findings, long results, long compressed)
            throws IOException {
        var file = Reports.compared(directory, findings);
        try (var read = FindingReader.of(file)) {
            var counts = Counts.of(read, report.gate());
            new ReportFiles(report, file, path -> null, directory).sarif(counts, results, compressed);
        }
        return new JsonObject(Files.readString(directory.resolve(ReportFiles.SARIF)));
    }

    private static JsonObject run(JsonObject sarif) {
        return sarif.getJsonArray("runs").getJsonObject(0);
    }

    private static JsonObject result(JsonObject sarif, int number) {
        return run(sarif).getJsonArray("results").getJsonObject(number);
    }

    private static List<String> faults(JsonObject sarif) throws IOException {
        try (var schema = SarifTest.class.getResourceAsStream("/review/sarif-2.1.0-rtm.5.json")) {
            var text = new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
            var options = new JsonSchemaOptions()
                    .setBaseUri("https://json.schemastore.org/")
                    .setDraft(Draft.DRAFT4)
                    .setOutputFormat(OutputFormat.Basic);
            var unit = Validator.create(JsonSchema.of(new JsonObject(text)), options)
                    .validate(sarif);
            var errors = unit.getErrors();
            return unit.getValid() || errors == null
                    ? List.of()
                    : errors.stream()
                            .map(each -> each.getInstanceLocation() + " " + each.getError())
                            .toList();
        }
    }
}
