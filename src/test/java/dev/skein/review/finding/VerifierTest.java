package dev.skein.review.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.Chunk;
import dev.skein.review.Finding;
import dev.skein.review.Lines;
import dev.skein.review.Proposal;
import dev.skein.review.Region;
import dev.skein.review.Severity;
import dev.skein.review.SourceFile;
import dev.skein.review.finding.Rejection.Reason;
import dev.skein.review.finding.Verifier.Verified;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifierTest {
    private static final String TEXT = """
            def load(name):
                path = base + name
                return open(path)

            def save(name):
                path = base + name
                max = 10
                x = 1
            """;
    private static final SourceFile FILE = new SourceFile("a.py", "python", TEXT, "", 8);
    private static final Chunk WHOLE = new Chunk(FILE, new Lines(1, 8), new Lines(1, 8));
    private static final Chunk FIRST = new Chunk(FILE, new Lines(1, 4), new Lines(1, 6));
    private final Verifier verifier = new Verifier("ollama", "qwen", "t1");

    @Test
    void a_quote_that_is_there_once_is_believed_wherever_the_model_says_it_is() {
        var finding = believed(proposal("return open(path)", 77), WHOLE);

        assertThat(finding.region()).isEqualTo(new Region(3, 5, 3, 22));
        assertThat(finding.quote()).isEqualTo("return open(path)");
        assertThat(finding.engine() + finding.model() + finding.task()).isEqualTo("ollamaqwent1");
    }

    @Test
    void blanks_and_line_ends_in_a_quote_do_not_matter() {
        var finding = believed(proposal("def  load( name ):\r\n path=base+name", 1), WHOLE);

        assertThat(finding.region()).isEqualTo(new Region(1, 1, 2, 23));
        assertThat(finding.quote()).isEqualTo("def load(name):\n    path = base + name");
    }

    @Test
    void of_several_places_the_one_nearest_to_the_models_line_is_taken() {
        assertThat(believed(proposal("path = base + name", 5), WHOLE).region().startLine())
                .isEqualTo(6);
        assertThat(believed(proposal("path = base + name", 1), WHOLE).region().startLine())
                .isEqualTo(2);
    }

    @Test
    void a_quote_at_two_places_equally_near_is_ambiguous() {
        assertThat(refused(proposal("path = base + name", 4), WHOLE)).isEqualTo(Reason.AMBIGUOUS);
    }

    @Test
    void a_line_outside_of_what_was_shown_breaks_no_tie() {
        assertThat(refused(proposal("path = base + name", 500), WHOLE)).isEqualTo(Reason.AMBIGUOUS);
    }

    @Test
    void a_quote_that_is_nowhere_is_missing() {
        assertThat(refused(proposal("return eval(path)", 3), WHOLE)).isEqualTo(Reason.QUOTE_MISSING);
    }

    @Test
    void a_quote_of_lines_that_another_chunk_owns_is_outside() {
        assertThat(refused(proposal("def save(name):", 5), FIRST)).isEqualTo(Reason.OUTSIDE);
        assertThat(believed(proposal("path = base + name", 6), FIRST).region().startLine())
                .isEqualTo(2);
    }

    @Test
    void a_short_name_is_not_found_inside_a_longer_one() {
        assertThat(believed(proposal("x = 1", 7), WHOLE).region().startLine()).isEqualTo(8);
    }

    @Test
    void what_is_empty_too_long_or_out_of_range_is_refused() {
        assertThat(refused(proposal("", 1), WHOLE)).isEqualTo(Reason.SCHEMA);
        assertThat(refused(proposal(" \n", 1), WHOLE)).isEqualTo(Reason.SCHEMA);
        assertThat(refused(proposal("x".repeat(20_001), 1), WHOLE)).isEqualTo(Reason.SCHEMA);
        assertThat(refused(proposal("a.py", "x = 1", "no rule!", 0.5), WHOLE)).isEqualTo(Reason.SCHEMA);
        assertThat(refused(proposal("a.py", "x = 1", "r", Double.NaN), WHOLE)).isEqualTo(Reason.SCHEMA);
        assertThat(refused(proposal("b.py", "x = 1", "r", 0.5), WHOLE)).isEqualTo(Reason.SCHEMA);
    }

    @Test
    void an_engine_without_a_model_may_point_at_blanks() {
        var blanks = new SourceFile("a.txt", "text", "one  \ntwo\n", "", 2);
        var chunk = new Chunk(blanks, new Lines(1, 2), new Lines(1, 2));
        var proposal = new Proposal(
                "a.txt", new Region(1, 4, 1, 6), "  ", "trailing-blanks", Severity.INFO, 1, "blanks", null, null);

        assertThat(new Verifier("text", "", "t")
                        .verify(List.of(proposal), List.of(chunk))
                        .findings())
                .extracting(Finding::region)
                .containsExactly(new Region(1, 4, 1, 6));
        assertThat(verifier.verify(List.of(proposal), List.of(chunk)).findings())
                .isEmpty();
    }

    @Test
    void a_long_quote_is_looked_for_whole_and_kept_in_part() {
        var text = "y".repeat(1_999) + "\uD83E\uDD86" + "z".repeat(3_000);
        var file = new SourceFile("a.txt", "text", text, "", 1);
        var chunk = new Chunk(file, new Lines(1, 1), new Lines(1, 1));

        var finding = believed(proposal("a.txt", text, "r", 1), chunk);

        assertThat(finding.quote()).isEqualTo("y".repeat(1_999));
        assertThat(finding.region().endColumn()).isEqualTo(text.length() + 1);
    }

    @Test
    void what_a_model_says_steers_no_terminal() {
        var said = new Proposal(
                "a.py",
                new Region(3, 1, 3, 1),
                "return open(path)",
                "bad",
                Severity.HIGH,
                0.9,
                "red \u001B[31m\u0000\u009B1m\tand\nso on",
                "say \u0007",
                null);

        var finding = believed(said, WHOLE);

        assertThat(finding.message()).isEqualTo("red \uFFFD[31m\uFFFD\uFFFD1m\tand\nso on");
        assertThat(finding.suggestion()).isEqualTo("say \uFFFD");
    }

    @Test
    void what_is_not_believed_is_counted_by_reason() {
        var verified = verifier.verify(
                List.of(
                        proposal("return open(path)", 1),
                        proposal("nowhere", 1),
                        proposal("path = base + name", 4),
                        proposal("", 1)),
                List.of(WHOLE));

        assertThat(verified.tally().text())
                .isEqualTo("4 proposed, 3 rejected: quote-missing 1, ambiguous 1, outside 0, schema 1");
        assertThat(verified.tally().plus(verified.tally()).rejected()).isEqualTo(6);
    }

    @Test
    void code_that_says_so_suppresses_its_finding() {
        var file = new SourceFile("a.py", "python", "x = eval(y)  # NOPMD trusted\n", "", 1);

        var finding = believed(proposal("eval(y)", 1), new Chunk(file, new Lines(1, 1), new Lines(1, 1)));

        assertThat(finding.suppression()).isEqualTo(new Finding.Suppression("source", "trusted"));
    }

    private Finding believed(Proposal proposal, Chunk chunk) {
        return verified(proposal, chunk).findings().get(0);
    }

    private Reason refused(Proposal proposal, Chunk chunk) {
        return verified(proposal, chunk).rejected().get(0).reason();
    }

    private Verified verified(Proposal proposal, Chunk chunk) {
        return verifier.verify(List.of(proposal), List.of(chunk));
    }

    private static Proposal proposal(String quote, int line) {
        return new Proposal(
                "a.py", new Region(line, 1, line, 1), quote, "bad", Severity.HIGH, 0.9, "It is bad.", null, null);
    }

    private static Proposal proposal(String path, String quote, String rule, double confidence) {
        return new Proposal(
                path, new Region(1, 1, 1, 1), quote, rule, Severity.HIGH, confidence, "It is bad.", null, null);
    }
}
