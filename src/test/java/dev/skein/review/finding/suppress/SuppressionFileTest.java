package dev.skein.review.finding.suppress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.Finding;
import dev.skein.review.Findings;
import dev.skein.review.finding.suppress.Dismissals.Dismissal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuppressionFileTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    private static final Finding FINDING = Findings.at(3).finding();

    @Test
    void an_entry_marks_what_it_names() {
        var file = parse("""
                - rule: bad-call
                  path: src/**
                  reason: made up for tests
                  author: ada
                  expires: 2026-03-01
                """);

        assertThat(file.faults()).isEmpty();
        assertThat(file.apply(FINDING).suppression())
                .isEqualTo(new Finding.Suppression("file", "made up for tests (ada)"));
        assertThat(file.apply(new Findings(FINDING).path("lib/A.java").finding())
                        .suppression())
                .isNull();
        assertThat(file.apply(new Findings(FINDING).rule("other").finding()).suppression())
                .isNull();
    }

    @Test
    void an_entry_counts_until_its_day_is_over() {
        var file = parse("- {rule: bad-call, reason: r, author: a, expires: 2026-02-28}\n");

        assertThat(file.apply(FINDING).suppression()).isNull();
        assertThat(file.expired()).containsExactly("line 1: expired on 2026-02-28");
    }

    @Test
    void faults_are_named_by_line_and_the_rest_counts() {
        var file = parse("""
                - rule: a
                  reason: r
                - path: x
                  reason: r
                  author: a
                  expires: soon
                - reason: r
                  author: a
                - rule: b
                  why: r
                - word
                - rule: [a]
                  author: a
                - fingerprint: fp3
                  reason: known
                  author: bob
                """);

        assertThat(file.faults())
                .containsExactly(
                        "line 1: author is missing",
                        "line 3: expires must be a day like 2027-01-31",
                        "line 7: an entry needs fingerprint, rule or path",
                        "line 10: why is no key of an entry; they are fingerprint, rule, path, reason, author, expires",
                        "line 11: an entry must have keys: fingerprint, rule, path, reason, author, expires",
                        "line 12: rule must be one value");
        assertThat(file.apply(FINDING).suppression()).isEqualTo(new Finding.Suppression("file", "known (bob)"));
    }

    @Test
    void what_is_no_yaml_is_named_and_the_entries_before_it_count() {
        var file = parse("- {rule: bad-call, reason: r, author: a}\n- rule: 'open\n");

        assertThat(file.entries()).hasSize(1);
        assertThat(file.faults()).singleElement().asString().startsWith("line ").contains("no YAML");
        assertThat(parse("rule: a\n").faults()).containsExactly("line 1: the file must be a list of entries");
        assertThat(parse("").faults()).isEmpty();
    }

    @Test
    void patterns_of_paths_know_names_and_directories() {
        assertThat(covers("src/*.java", "src/A.java")).isTrue();
        assertThat(covers("src/*.java", "src/a/A.java")).isFalse();
        assertThat(covers("**/A.java", "A.java")).isTrue();
        assertThat(covers("**/A.java", "x/y/A.java")).isTrue();
        assertThat(covers("src/**", "src/a/b")).isTrue();
        assertThat(covers("?.x", "a.x")).isTrue();
        assertThat(covers("a.x", "abx")).isFalse();
        assertThat(covers("a (1)/*", "a (1)/b\nc")).isTrue();
    }

    @Test
    void what_was_dismissed_stays_away_and_says_by_whom() {
        var dismissals = Dismissals.of(
                List.of(new Dismissal("fp3", "first", "ada"), new Dismissal("fp3", "not reachable", "ada")));

        assertThat(dismissals.apply(FINDING).suppression())
                .isEqualTo(new Finding.Suppression("dismissed", "not reachable (ada)"));
        assertThat(dismissals.apply(Findings.at(4).finding()).suppression()).isNull();
        var before = Findings.at(3).suppressed("source", "s").finding();
        assertThat(dismissals.apply(before)).isEqualTo(before);
    }

    private static boolean covers(String glob, String path) {
        return Globs.pattern(glob).matcher(path).matches();
    }

    private static SuppressionFile parse(String text) {
        return SuppressionFile.parse(text, TODAY);
    }
}
