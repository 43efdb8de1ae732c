package dev.skein.review.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.Finding;
import dev.skein.review.Findings;
import dev.skein.review.Severity;
import dev.skein.review.finding.baseline.Compared;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void the_page_says_verdict_coverage_findings_skipped_files_and_workers() {
        var page = page(
                Reports.complete(),
                List.of(
                        Findings.at(3).severity(Severity.HIGH).finding(),
                        Findings.at(9).suppressed("file", "known").finding()));

        assertThat(page.lines())
                .startsWith("# Review: 1 at or above high", "", "- **Coverage:** 100.0 % (120 of 120 lines in 3 files)")
                .contains(
                        "- **Proposals:** 5 proposed, 3 rejected: quote-missing 1, ambiguous 1, outside 0, schema 1",
                        "| high | 1 | 0 | 0 | 0 |",
                        "| medium | 0 | 0 | 1 | 0 |",
                        "- **high** `src/A.java:3` `bad-call`: foo must not be called",
                        "- binary: 4",
                        "  - \u2026 and 2 more",
                        "- link: 1",
                        "  - ``b`|\u2424.png``",
                        "| w&#124;1 | 3 | 0 | 120 | 2 | 1h 2m 3s |")
                .doesNotContain("## Not reviewed");
    }

    @Test
    void an_incomplete_review_names_what_is_missing_and_never_says_hundred_percent() {
        var page = page(Reports.incomplete(), List.of());

        assertThat(page.lines())
                .contains(
                        "# Review: incomplete, and 0 at or above high",
                        "- **Coverage:** 99.9 % (2999 of 3000 lines in 3 files)",
                        "- `src/b` failed after 3 attempts: model &lt;b&gt;down&lt;/b&gt;",
                        "- `src/B.java` lines 3\u20133: too long, one line of 9 MiB");
    }

    @Test
    void the_worst_come_first_and_are_few() {
        var many = IntStream.rangeClosed(1, 100)
                .mapToObj(line ->
                        Findings.at(line).severity(Severity.values()[line % 5]).finding())
                .toList();

        var shown = page(Reports.complete(), many)
                .lines()
                .filter(line -> line.startsWith("- **c"))
                .toList();

        assertThat(shown).hasSize(20).first().asString().contains("A.java:5`");
    }

    @Test
    void text_of_a_model_is_no_markup() {
        assertThat(Markdown.text("<img src=x onerror=y> & |a|b|", 99))
                .isEqualTo("&lt;img src=x onerror=y&gt; &amp; &#124;a&#124;b&#124;");
        assertThat(Markdown.text("# head\n\n```js\n*x* [a](http://b.c) ![i](j)", 99))
                .isEqualTo("\\#\u200B head \\`\\`\\`js \\*x\\* \\[a\\]\\(http:\u200B//b.c\\) \\!\\[i\\]\\(j\\)");
        assertThat(Markdown.text("@team fixes #12 and GH-12 in www.x.y, see 0a1b2c3d4e", 99))
                .isEqualTo("@\u200Bteam fixes \\#\u200B12 and GH-\u200B12 in www\u200B.x.y, see 0a1\u200Bb2c3d4e");
        assertThat(Markdown.text("a\u202Eb\u0000c", 99)).isEqualTo("a\uFFFDb\uFFFDc");
        assertThat(Markdown.text("abcdef", 4)).isEqualTo("abc\u2026");
    }

    @Test
    void code_is_closed_by_no_quote_of_its_own() {
        assertThat(Markdown.code("a", 9)).isEqualTo("`a`");
        assertThat(Markdown.code("`a``", 9)).isEqualTo("``` `a`` ```");
        assertThat(Markdown.code("", 9)).isEqualTo("`  `");
    }

    private static String page(Report report, List<Finding> findings) {
        var counts = Counts.of(findings.stream().map(Compared::alone).iterator(), report.gate());
        return Summary.of(report, counts);
    }
}
