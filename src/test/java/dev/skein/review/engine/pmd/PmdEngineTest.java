package dev.skein.review.engine.pmd;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.skein.config.Settings;
import dev.skein.kernel.Problem;
import dev.skein.review.Chunk;
import dev.skein.review.Engine.Call;
import dev.skein.review.Engine.Look;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.Persona;
import dev.skein.review.Proposal;
import dev.skein.review.Region;
import dev.skein.review.Severity;
import dev.skein.review.SourceFile;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PmdEngineTest {
    private static final Persona NOBODY = new Persona("none", "", List.of(), "", "");
    private static final String FAULTY = """
            package a;

            import java.util.List;

            class A {
                boolean same(String one, String other) {
                    return one == other;
                }
            }
            """;

    private static final PmdEngine ENGINE = new PmdEngine(PmdConfig.DEFAULTS);

    @Test
    void findings_of_pmd_name_rule_place_and_quote() throws Exception {
        var look = review(whole(java("src/a/A.java", FAULTY)));

        assertThat(look.gaps()).isEmpty();
        assertThat(look.proposals())
                .filteredOn(one -> one.rule().equals("UseEqualsToCompareStrings"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.path()).isEqualTo("src/a/A.java");
                    assertThat(one.region()).isEqualTo(new Region(7, 16, 7, 28));
                    assertThat(one.quote()).isEqualTo("return one == other;");
                    assertThat(one.severity()).isEqualTo(Severity.MEDIUM);
                });
        assertThat(look.rules()).anySatisfy(rule -> {
            assertThat(rule.id()).isEqualTo("UseEqualsToCompareStrings");
            assertThat(rule.help()).contains("equals");
            assertThat(rule.link()).startsWith("https://docs.pmd-code.org/");
        });
    }

    /** Rules written in XPath need Saxon. */
    @Test
    void rules_in_xpath_work() throws Exception {
        var look = review(
                whole(java("A.java", "class A {\n    void a() {\n        for (;true;) {\n        }\n    }\n}\n")));

        assertThat(look.proposals()).extracting(Proposal::rule).contains("ForLoopShouldBeWhileLoop");
    }

    @Test
    void what_cannot_be_parsed_is_a_gap_and_still_gets_the_checks_of_every_text() throws Exception {
        var broken = java("B.java", "class B { void b( { }\n// FIX" + "ME: broken\n");
        var look = review(whole(broken), whole(java("A.java", FAULTY)));

        assertThat(look.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.path()).isEqualTo("B.java");
            assertThat(gap.lines()).isEqualTo(new Lines(1, 2));
            assertThat(gap.reason()).isEqualTo(Gap.Reason.UNPARSABLE);
            assertThat(gap.detail()).contains("line 1");
        });
        assertThat(look.proposals())
                .extracting(Proposal::path, Proposal::rule)
                .contains(tuple("B.java", "fixme-comment"), tuple("A.java", "UseEqualsToCompareStrings"));
    }

    @Test
    void a_file_that_breaks_pmd_does_not_take_the_others_with_it() throws Exception {
        var deep = "class D { int d = " + "(".repeat(40_000) + "1" + ")".repeat(40_000) + "; }\n";
        var look = review(whole(java("D.java", deep)), whole(java("A.java", FAULTY)));

        assertThat(look.gaps()).extracting(Gap::path).containsExactly("D.java");
        assertThat(look.proposals()).extracting(Proposal::path).contains("A.java");
    }

    @Test
    void suppressions_are_honoured() throws Exception {
        var marked = FAULTY.replace("one == other;", "one == other; // NOPMD same object");
        var annotated = FAULTY.replace("class A", "@SuppressWarnings(\"PMD\") class A");

        assertThat(Stream.of(marked, annotated))
                .allSatisfy(text -> assertThat(
                                review(whole(java("A.java", text))).proposals())
                        .extracting(Proposal::rule)
                        .doesNotContain("UseEqualsToCompareStrings"));
    }

    @Test
    void only_what_lies_in_the_owned_lines_is_told() throws Exception {
        var file = java("A.java", FAULTY);
        var top = new Chunk(file, new Lines(1, 5), new Lines(1, 9));
        var rest = new Chunk(file, new Lines(6, 9), new Lines(1, 9));

        assertThat(review(top).proposals()).extracting(Proposal::rule).doesNotContain("UseEqualsToCompareStrings");
        assertThat(review(rest).proposals()).extracting(Proposal::rule).contains("UseEqualsToCompareStrings");
    }

    @Test
    void any_text_is_looked_at_whatever_it_is_called() throws Exception {
        var odd = "dir with blanks/quote\"and\nnewline ü.java";
        var plain = new SourceFile("no language", "text", "x = 1\n", "", 1);
        var progress = new ArrayList<Integer>();
        var chunks = List.of(whole(java(odd, FAULTY)), whole(plain));
        var call = new Call(
                chunks,
                NOBODY,
                Map.of(),
                progress::add,
                Promise.<String>promise().future());
        var look = ENGINE.review(call).await(60, SECONDS);

        assertThat(look.gaps()).isEmpty();
        assertThat(look.proposals()).extracting(Proposal::path).contains(odd);
        assertThat(progress).containsExactly(1, 2);
    }

    @Test
    void lone_carriage_returns_end_lines() throws Exception {
        var look = review(whole(java("A.java", FAULTY.replace('\n', '\r'))));

        assertThat(look.proposals()).anySatisfy(one -> {
            assertThat(one.rule()).isEqualTo("UseEqualsToCompareStrings");
            assertThat(one.region().startLine()).isEqualTo(7);
            assertThat(one.quote()).isEqualTo("return one == other;");
        });
    }

    @Test
    void a_stopped_call_ends() {
        var call = new Call(
                List.of(whole(java("A.java", FAULTY))), NOBODY, Map.of(), done -> {}, Future.succeededFuture("enough"));

        assertThatThrownBy(() -> ENGINE.review(call).await(60, SECONDS))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("stopped"));
    }

    @Test
    void calls_at_the_same_time_find_the_same() throws Exception {
        var expected = review(whole(java("A.java", FAULTY))).proposals();
        var looks = IntStream.range(0, 6).parallel().mapToObj(n -> {
            try {
                return review(whole(java("A.java", FAULTY))).proposals();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });

        assertThat(looks.toList()).allSatisfy(found -> assertThat(found).isEqualTo(expected));
    }

    @Test
    void the_fingerprint_changes_with_the_rules_and_nothing_else(@TempDir Path folder) throws IOException {
        var own = Files.writeString(folder.resolve("own.xml"), """
                <ruleset name="own" xmlns="http://pmd.sourceforge.net/ruleset/2.0.0">
                  <description>one rule</description>
                  <rule ref="category/java/errorprone.xml/EmptyCatchBlock"/>
                </ruleset>
                """);
        var other = new PmdEngine(new PmdConfig(List.of(own.toString()), 5, 1 << 20));
        var stranger = new Persona("other", "", List.of("x"), "y", "z");

        assertThat(ENGINE.fingerprint(NOBODY))
                .isEqualTo(new PmdEngine(PmdConfig.DEFAULTS).fingerprint(stranger))
                .isNotEqualTo(other.fingerprint(NOBODY));
    }

    @Test
    void a_rule_set_that_is_not_there_is_named() {
        var lost = new PmdEngine(new PmdConfig(List.of("rulesets/java/lost.xml"), 5, 1 << 20));

        assertThatThrownBy(() -> lost.check().await(60, SECONDS))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("review.pmd.rule-sets")
                .hasMessageContaining("lost.xml");
    }

    @Test
    void settings_are_read_and_addresses_refused() {
        var settings = Settings.of(
                Map.of(
                        "review.pmd.rule-sets", "https://example.org/rules.xml",
                        "review.pmd.priority-max", "3",
                        "review.pmd.file-max", "1MiB"),
                "test");
        PmdConfig.from(settings);

        assertThatThrownBy(settings::requireSound).hasMessageContaining("not addresses");
        assertThat(PmdConfig.from(Settings.of(Map.of("review.pmd.priority-max", "3"), "test")))
                .isEqualTo(new PmdConfig(PmdConfig.DEFAULTS.ruleSets(), 3, 2 << 20));
    }

    private Look review(Chunk... chunks) throws Exception {
        return ENGINE.review(new Call(
                        List.of(chunks),
                        NOBODY,
                        Map.of(),
                        done -> {},
                        Promise.<String>promise().future()))
                .await(60, SECONDS);
    }

    private static SourceFile java(String path, String text) {
        return new SourceFile(
                path, "java", text, "", (int) text.replace('\r', '\n').lines().count());
    }

    private static Chunk whole(SourceFile file) {
        var all = new Lines(1, Math.max(1, file.lines()));
        return new Chunk(file, all, all);
    }
}
