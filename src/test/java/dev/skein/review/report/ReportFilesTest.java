package dev.skein.review.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.Finding;
import dev.skein.review.Findings;
import dev.skein.review.Proposal;
import dev.skein.review.Region;
import dev.skein.review.Severity;
import dev.skein.review.finding.Rejection;
import dev.skein.review.finding.baseline.Compared;
import dev.skein.review.finding.baseline.State;
import dev.skein.review.report.Report.Gate;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    private static final List<Finding> TWO = List.of(
            Findings.at(2)
                    .severity(Severity.CRITICAL)
                    .said("a < b & \"c\"\u0007", "x")
                    .finding(),
            Findings.at(9).suppressed("file", "known").finding());

    @TempDir
    Path directory;

    @Test
    void the_same_findings_give_the_same_bytes_and_leave_nothing_beside_them() throws IOException {
        var one = Files.createDirectory(directory.resolve("one"));
        var two = Files.createDirectory(directory.resolve("two"));
        write(Reports.incomplete(), TWO, one);
        write(Reports.incomplete(), TWO, two);
        write(Reports.incomplete(), TWO, two);

        try (var files = Files.list(one)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "review.sarif",
                            "REVIEW-SUMMARY.md",
                            "findings.jsonl",
                            "review.rdjsonl",
                            "review.junit.xml");
        }
        try (var files = Files.list(one)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(file).hasSameBinaryContentAs(two.resolve(file.getFileName())));
        }
        try (var files = Files.list(two)) {
            assertThat(files).hasSize(5);
        }
    }

    @Test
    void a_review_ends_clean_with_findings_or_incomplete() throws IOException {
        var low = List.of(Findings.at(1).severity(Severity.LOW).finding());

        assertThat(write(Reports.complete(), low, directory).outcome().exitCode).isZero();
        assertThat(write(Reports.complete(), TWO, directory).outcome().exitCode).isEqualTo(1);
        assertThat(write(Reports.incomplete(), low, directory).outcome().exitCode)
                .isEqualTo(8);
    }

    @Test
    void a_gate_for_what_is_new_lets_known_findings_pass() {
        var bad = Findings.at(1).severity(Severity.CRITICAL).finding();
        var gate = new Gate(Severity.HIGH, true);

        assertThat(Counts.of(
                                List.of(new Compared(bad, State.UNCHANGED), new Compared(bad, State.FIXED))
                                        .iterator(),
                                gate)
                        .failing())
                .isZero();
        assertThat(Counts.of(List.of(new Compared(bad, State.NEW)).iterator(), gate)
                        .failing())
                .isEqualTo(1);
    }

    @Test
    void what_was_rejected_follows_the_findings_with_its_reason() throws IOException {
        var proposal = new Proposal("p", new Region(1, 1, 1, 1), "q", "r", Severity.LOW, 1, "m", null, null);
        var rejection = new Rejection(proposal, Rejection.Reason.OUTSIDE, "elsewhere", "e", "t");
        new ReportFiles(Reports.complete(), Reports.file(directory, TWO), path -> null, directory)
                .write(List.of(rejection));

        var lines = Files.readAllLines(directory.resolve("findings.jsonl"));
        assertThat(lines).hasSize(5);
        assertThat(lines.get(3)).isEqualTo("{\"skipped\":\"binary\",\"path\":\"a.png\"}");
        assertThat(lines.get(2)).startsWith("{\"rejected\":\"outside\",");
    }

    @Test
    void columns_of_diagnostics_are_bytes_and_missing_where_the_text_is() throws IOException {
        var umlauts = "\u00e4\u00f6 \uD83E\uDD86 foo(2)\n";
        var finding = Findings.at(1).region(new Region(1, 7, 1, 13)).finding();
        new ReportFiles(Reports.complete(), Reports.file(directory, List.of(finding)), path -> umlauts, directory)
                .write(List.of());

        assertThat(diagnostic().getJsonObject("location").getJsonObject("range").encode())
                .isEqualTo("{\"start\":{\"line\":1,\"column\":11},\"end\":{\"line\":1,\"column\":17}}");

        write(Reports.complete(), List.of(finding), directory);
        assertThat(diagnostic().getJsonObject("location").getJsonObject("range").encode())
                .isEqualTo("{\"start\":{\"line\":1},\"end\":{\"line\":1}}");
        assertThat(diagnostic().getString("severity")).isEqualTo("WARNING");
        assertThat(diagnostic().getJsonObject("code").getString("value")).isEqualTo("bad-call");
    }

    private JsonObject diagnostic() throws IOException {
        return new JsonObject(Files.readString(directory.resolve("review.rdjsonl")));
    }

    @Test
    void test_results_are_xml_whose_totals_are_true() throws Exception {
        write(Reports.incomplete(), TWO, directory);

        var xml = Files.readString(directory.resolve("review.junit.xml"));
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        var suites = document.getDocumentElement();

        assertThat(suites.getAttribute("tests")).isEqualTo("3");
        assertThat(suites.getElementsByTagName("testcase").getLength()).isEqualTo(3);
        assertThat(suites.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(suites.getAttribute("failures")).isEqualTo("1");
        assertThat(suites.getElementsByTagName("error").getLength()).isEqualTo(1);
        assertThat(suites.getElementsByTagName("skipped").getLength()).isEqualTo(1);
        assertThat(suites.getElementsByTagName("failure")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("message")
                        .getNodeValue())
                .isEqualTo("a < b & \"c\"\uFFFD");
    }

    private static ReportFiles.Written write(Report report, List<Finding> findings, Path to) throws IOException {
        var in = Files.createTempDirectory(to, "in");
        var file = Reports.file(in, findings);
        try {
            return new ReportFiles(report, file, path -> null, to).write(List.of());
        } finally {
            Files.delete(file);
            Files.delete(in);
        }
    }
}
