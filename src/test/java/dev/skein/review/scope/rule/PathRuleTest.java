package dev.skein.review.scope.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.scope.rule.PathRules.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.eclipse.jgit.ignore.IgnoreNode.MatchResult;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathRuleTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            *.log      ; a/b/c.log     ; true
            /*.log     ; a/b.log       ; false
            /*.log     ; b.log         ; true
            a/b        ; a/b           ; true
            a/b        ; x/a/b         ; false
            **/a/b     ; x/y/a/b       ; true
            **/a/b     ; a/b           ; true
            a/**/b     ; a/b           ; true
            a/**/b     ; a/x/y/b       ; true
            a/**       ; a/x/y         ; true
            a/**       ; a             ; false
            a?c        ; abc           ; true
            a?c        ; ac            ; false
            [a-c]x     ; bx            ; true
            [!a-c]x    ; bx            ; false
            [^a-c]x    ; dx            ; true
            []]x       ; ]x            ; true
            [[:digit:]]x ; 7x          ; true
            \\*x       ; *x            ; true
            \\*x       ; ax            ; false
            [a         ; a             ; false
            a*b*c      ; aXbYbZc       ; true
            über*      ; überall       ; true
            # c        ; # c           ; false
            \\#c       ; #c            ; true
            build/     ; build         ; false
            """)
    void a_pattern_means_what_git_says(String pattern, String path, boolean ignored) {
        var rules = PathRules.of(List.of(pattern));

        assertThat(rules.verdict(path.split("/"), 0, false) == Verdict.IGNORED).isEqualTo(ignored);
    }

    @Test
    void a_slash_at_the_end_means_directories_alone() {
        var rules = PathRules.of(List.of("build/"));

        assertThat(rules.verdict(new String[] {"x", "build"}, 0, true)).isEqualTo(Verdict.IGNORED);
        assertThat(rules.verdict(new String[] {"x", "build"}, 0, false)).isEqualTo(Verdict.OPEN);
    }

    @Test
    void the_last_rule_that_matches_decides() {
        var rules = PathRules.of(List.of("*.txt", "!keep.txt"));

        assertThat(rules.verdict(new String[] {"keep.txt"}, 0, false)).isEqualTo(Verdict.WANTED);
        assertThat(rules.verdict(new String[] {"other.txt"}, 0, false)).isEqualTo(Verdict.IGNORED);
    }

    @Test
    void what_is_below_a_named_directory_is_covered() {
        var rules = PathRules.of(List.of("src/main/", "!src/main/keep/"));

        assertThat(rules.covers("src/main/java/A.java", false)).isTrue();
        assertThat(rules.covers("src/main/keep/A.java", false)).isFalse();
        assertThat(rules.covers("src/test/A.java", false)).isFalse();
    }

    @Test
    void blanks_at_the_end_are_dropped_unless_a_backslash_keeps_them() {
        assertThat(PathRules.of(List.of("a  ")).covers("a", false)).isTrue();
        assertThat(PathRules.of(List.of("a\\ ")).covers("a ", false)).isTrue();
        assertThat(PathRules.of(List.of("a\r")).covers("a", false)).isTrue();
        assertThat(PathRules.of(List.of("", "  ", "/")).isEmpty()).isTrue();
    }

    /** Patterns come from the code under review: none may hold a node up. */
    @Test
    void a_pattern_made_to_take_long_does_not() {
        var pattern = "a*".repeat(100) + "b";
        var segments = "**/a/".repeat(100) + "b";
        var name = "a".repeat(255);
        var path = "a/".repeat(1_000) + "c";

        var rules = PathRules.of(List.of(pattern, segments));
        var covered = Assertions.assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> rules.covers(name, false) || rules.covers(path, false));

        assertThat(covered).isFalse();
    }

    @Test
    void random_patterns_agree_with_jgit() {
        var random = new Random(11);
        var node = new ArrayList<String>();
        for (int i = 0; i < 20_000; i++) {
            var pattern = pattern(random);
            var path = path(random);
            boolean directory = random.nextBoolean();
            var theirs = new IgnoreNode(List.of(new FastIgnoreRule(pattern))).isIgnored(path, directory);
            var ours = PathRules.of(List.of(pattern)).verdict(path.split("/"), 0, directory);
            if ((theirs == MatchResult.IGNORED) != (ours == Verdict.IGNORED)) {
                node.add(pattern + " : " + path + " : " + directory + " jgit " + theirs);
            }
        }

        assertThat(node).isEmpty();
    }

    private static String pattern(Random random) {
        var marks = List.of("a", "b", "ab", "*", "?", "a*", "*b", "[ab]", "[!a]", "**");
        var pattern = new StringBuilder(random.nextInt(4) == 0 ? "/" : "");
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            pattern.append(i > 0 ? "/" : "").append(marks.get(random.nextInt(marks.size())));
        }
        return pattern.append(random.nextInt(5) == 0 ? "/" : "").toString();
    }

    private static String path(Random random) {
        var names = List.of("a", "b", "ab", "ba", "abb", "c");
        var path = new StringBuilder();
        int parts = 1 + random.nextInt(5);
        for (int i = 0; i < parts; i++) {
            path.append(i > 0 ? "/" : "").append(names.get(random.nextInt(names.size())));
        }
        return path.toString();
    }
}
