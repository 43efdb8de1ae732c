package dev.skein.review.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.Finding;
import dev.skein.review.Findings;
import dev.skein.review.Region;
import dev.skein.review.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergeTest {
    @Test
    void one_fingerprint_is_one_finding_and_the_worst_stays_with_the_best_confidence() {
        var one = Findings.at(3).by("ollama", "qwen", 0.9).finding();
        var two =
                Findings.at(3).severity(Severity.HIGH).by("openai", "gpt", 0.4).finding();

        assertThat(Merge.distinct(List.of(one, two))).singleElement().satisfies(merged -> {
            assertThat(merged.severity()).isEqualTo(Severity.HIGH);
            assertThat(merged.confidence()).isEqualTo(0.9);
            assertThat(merged.engine()).isEqualTo("openai");
        });
    }

    @Test
    void one_rule_at_overlapping_places_is_one_finding_when_a_model_said_it() {
        var one = Findings.at(3).finding();
        var two = Findings.at(3)
                .region(new Region(3, 1, 4, 2))
                .marks("other", "h:1")
                .finding();

        assertThat(Merge.distinct(List.of(one, two))).hasSize(1);
        assertThat(Merge.distinct(List.of(one, new Findings(two).rule("else").finding())))
                .hasSize(2);
    }

    @Test
    void an_engine_without_a_model_may_say_two_things_of_one_place_and_each_has_its_name() {
        var one = Findings.at(3).by("pmd", "", 1).said("a is unused", null).finding();
        var two = Findings.at(3).by("pmd", "", 1).said("b is unused", null).finding();

        assertThat(Merge.distinct(List.of(two, one, one)))
                .hasSize(2)
                .extracting(Finding::fingerprint)
                .contains("fp3")
                .doesNotHaveDuplicates();
    }

    @Test
    void equal_findings_of_two_files_are_two() {
        assertThat(Merge.distinct(List.of(
                        Findings.at(1).path("a").finding(),
                        Findings.at(1).path("b").finding())))
                .hasSize(2);
    }

    @Test
    void the_order_of_what_comes_in_does_not_matter() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var findings = random(random);
            var once = Merge.distinct(findings);
            Collections.shuffle(findings, random);

            assertThat(Merge.distinct(findings))
                    .as("seed " + seed)
                    .isEqualTo(once)
                    .isSorted();
        }
    }

    private static List<Finding> random(Random random) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            boolean model = random.nextBoolean();
            findings.add(Findings.at(1 + random.nextInt(8))
                    .path("p" + random.nextInt(2))
                    .severity(Severity.values()[random.nextInt(5)])
                    .by(model ? "ollama" : "pmd", model ? "m" : "", random.nextInt(10) / 10.0)
                    .said("says " + random.nextInt(3), null)
                    .finding());
        }
        return findings;
    }
}
