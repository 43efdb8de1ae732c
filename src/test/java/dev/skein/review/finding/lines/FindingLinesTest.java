package dev.skein.review.finding.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.review.Findings;
import dev.skein.review.Proposal;
import dev.skein.review.Region;
import dev.skein.review.Rule;
import dev.skein.review.Severity;
import dev.skein.review.finding.Rejection;
import dev.skein.review.finding.baseline.Compared;
import dev.skein.review.finding.baseline.State;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingLinesTest {
    private static final Compared PLAIN = Compared.alone(Findings.at(3).finding());
    private static final Compared FULL = new Compared(
            Findings.at(4)
                    .path("a \"b\"\n\u00e9\uD83E\uDD86")
                    .suppressed("file", "why")
                    .said("m\u2028", "do\nthis")
                    .finding(),
            State.NEW);

    @Test
    void what_is_written_is_read_back_one_line_each() throws IOException {
        var written = written(List.of(PLAIN, FULL));

        assertThat(written.lines()).hasSize(2);
        assertThat(read(written)).containsExactly(PLAIN, FULL);
        assertThat(written(List.of())).isEmpty();
    }

    @Test
    void unknown_keys_do_no_harm() throws IOException {
        var line = written(List.of(PLAIN)).replace("{\"path\"", "{\"later\":{\"a\":[1]},\"path\"");

        assertThat(read(line)).containsExactly(PLAIN);
    }

    @Test
    void a_value_of_the_wrong_type_is_named_by_line_and_key() throws IOException {
        var good = written(List.of(PLAIN));

        refused(
                good + good.replace("\"start_line\":3", "\"start_line\":\"3\""),
                "line 2: start_line must be a whole number");
        refused(
                good.replace("\"start_line\":3", "\"start_line\":0"),
                "line 1: start_line must be from 1 to 2147483647");
        refused(
                good.replace("\"medium\"", "\"bad\""),
                "line 1: severity severity must be critical, high, medium, low or info");
        refused(good.replace("0.5", "1.5"), "line 1: confidence must be from 0 to 1");
        refused(good.replace("0.5", "true"), "line 1: confidence must be a number");
        refused(good.replace("\"rule\":\"bad-call\",", ""), "line 1: rule is missing");
        refused(good.replace("\"bad-call\"", "null"), "line 1: rule must be text");
        refused(good + "[]", "line 2: must be an object");
    }

    @Test
    void a_line_that_is_cut_off_is_named() throws IOException {
        var good = written(List.of(PLAIN));

        assertThatThrownBy(() -> read(good + good.substring(0, 40)))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("line 2: ");
    }

    @Test
    void half_a_pair_of_a_character_is_replaced() throws IOException {
        var broken = new Findings(PLAIN.finding()).said("a\uD800b\uDC00", null).finding();

        assertThat(read(written(List.of(Compared.alone(broken))))
                        .get(0)
                        .finding()
                        .message())
                .isEqualTo("a\uFFFDb\uFFFD");
    }

    @Test
    void rejections_stand_among_findings_and_are_passed_over() throws IOException {
        var proposal = new Proposal("p", new Region(0, 0, 0, 0), "", "r", Severity.LOW, 2, "m", null, null);
        var out = new ByteArrayOutputStream();
        try (var writer = new FindingWriter(out)) {
            writer.write(new Rejection(proposal, Rejection.Reason.QUOTE_MISSING, "nowhere", "e", "t"));
            writer.write(PLAIN);
        }

        assertThat(out.toString(UTF_8))
                .startsWith("{\"rejected\":\"quote-missing\",\"detail\":\"nowhere\",\"path\":\"p\"");
        assertThat(read(out.toString(UTF_8))).containsExactly(PLAIN);
    }

    @Test
    void rules_are_read_back() throws IOException {
        var rule = new Rule("id", "One.", "help\nmore", "https://e.org", Severity.LOW, List.of("security", "b"));
        var out = new ByteArrayOutputStream();
        try (var writer = new FindingWriter(out)) {
            writer.write(rule);
            writer.write(rule);
        }

        assertThat(RuleReader.read(new ByteArrayInputStream(out.toByteArray()))).containsExactly(rule, rule);
        assertThatThrownBy(() -> RuleReader.read(
                        new ByteArrayInputStream("{\"id\":\"a\",\"severity\":\"low\",\"tags\":[1]}".getBytes(UTF_8))))
                .hasMessage("line 1: must be text");
    }

    private static void refused(String lines, String message) {
        assertThatThrownBy(() -> read(lines)).isInstanceOf(Problem.class).hasMessage(message);
    }

    private static String written(List<Compared> all) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new FindingWriter(out)) {
            for (var each : all) {
                writer.write(each);
            }
        }
        return out.toString(UTF_8);
    }

    private static List<Compared> read(String lines) throws IOException {
        List<Compared> all = new ArrayList<>();
        try (var reader = new FindingReader(new ByteArrayInputStream(lines.getBytes(UTF_8)))) {
            reader.forEachRemaining(all::add);
        }
        return all;
    }
}
