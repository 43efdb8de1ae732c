package dev.skein.review.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.review.Proposal;
import dev.skein.review.Region;
import dev.skein.review.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final String GOOD = "{\"startLine\":3,\"endLine\":4,\"quote\":\"a = b;\",\"ruleId\":\"NullCheck\","
            + "\"severity\":\"high\",\"confidence\":0.9,\"message\":\"it\\n fails\",\"suggestion\":null}";

    @Test
    void a_good_answer_is_read_to_the_letter() {
        assertThat(Answers.strict("A.java", "{\"findings\":[" + GOOD + "]}"))
                .containsExactly(new Proposal(
                        "A.java",
                        new Region(3, 1, 4, 1),
                        "a = b;",
                        "null-check",
                        Severity.HIGH,
                        0.9,
                        "it fails",
                        null,
                        null));
        assertThat(Answers.strict("A.java", " {\"findings\":[]} ")).isEmpty();
    }

    @Test
    void what_is_wrong_is_said_in_words_for_the_model() {
        Map.of(
                        "no idea",
                        "not one JSON value",
                        "{\"findings\":[]} and more",
                        "not one JSON value",
                        "[]x",
                        "not one JSON value",
                        "{\"result\":[]}",
                        "a list called findings",
                        "{\"findings\":[7]}",
                        "findings[0].startLine must be a whole number",
                        "{\"findings\":[" + GOOD.replace("high", "awful") + "]}",
                        "severity must be critical",
                        "{\"findings\":[" + GOOD.replace("a = b;", " ") + "]}",
                        "findings[0].quote must be a text",
                        "{\"findings\":[" + GOOD.replace("0.9", "9") + "]}",
                        "confidence must be between 0 and 1",
                        "{\"findings\":[" + GOOD.replace(",\"suggestion\":null", "") + "]}",
                        "suggestion must be there")
                .forEach((answer, fault) -> assertThatThrownBy(() -> Answers.strict("A.java", answer))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(fault));
    }

    @Test
    void the_first_value_in_other_words_is_read_as_it_was_meant() {
        var loose = "{\"quote\":\"x\",\"ruleId\":\"\u00dcber Rule!\",\"severity\":\" HIGH\",\"message\":\"m\"}";

        assertThat(Answers.tolerant(
                        "A.java", "Sure {here} it is:\n```json\n{\"findings\":[" + loose + ",{}]}\n```\n[]"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.rule()).isEqualTo("ber-rule");
                    assertThat(one.confidence()).isEqualTo(0.5);
                    assertThat(one.severity()).isEqualTo(Severity.HIGH);
                });
        assertThatThrownBy(() -> Answers.tolerant("A.java", "{{{{ [[[[ no"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Answers.tolerant("A.java", "{\"findings\":[{}]}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void brackets_in_a_sentence_do_not_say_that_nothing_was_found() {
        for (var prose : List.of("Looks good: int[] a = {} is fine.", "see a[0] and {\"a\": []}", "[]", "none: []")) {
            assertThatThrownBy(() -> Answers.tolerant("A.java", prose)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Answers.tolerant("A.java", "In a[0] and b[] there is {\"findings\":[" + GOOD + "]}"))
                .hasSize(1);
        assertThat(Answers.tolerant("A.java", "So: [" + GOOD + "]")).hasSize(1);
        assertThat(Answers.tolerant("A.java", "So: {\"findings\":[]}")).isEmpty();
    }

    @Test
    void a_verdict_that_is_none_is_unsure() {
        assertThat(Answers.verdict("{\"verdict\":\"refuted\",\"reason\":\"r\"}"))
                .isEqualTo("refuted");
        assertThat(Answers.verdict("refuted")).isEqualTo("unsure");
    }

    @Test
    void hostile_depth_is_refused() {
        assertThatThrownBy(() -> Answers.strict("A.java", "[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
