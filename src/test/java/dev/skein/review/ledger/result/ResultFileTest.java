package dev.skein.review.ledger.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFileTest {
    private static Result read(String text) {
        return ResultFile.read("rv-1", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_line_about_the_task_is_a_result_without_findings() {
        var result = read("{\"task\":\"rv-1\",\"lines\":7,\"engine\":\"pmd\",\"findings\":0}\n");

        assertThat(result.lines()).isEqualTo(7);
        assertThat(result.by().engine()).isEqualTo("pmd");
        assertThat(result.findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"task\":\"rv-1\",\"findings\":1}\n",
                "{\"task\":\"rv-1\"}\n",
                "{\"task\":\"rv-1\",\"findings\":\"0\"}\n"
            })
    void what_does_not_say_how_much_follows_may_be_a_part(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        Problem.class, no -> assertThat(no.sentence()).contains(".beads/skein/rv-1.jsonl", "findings"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n{\"task\":\"rv-1\"}\n",
                "[]\n",
                "7\n",
                "{}\n",
                "{\"findings\":0}\n",
                "{\"task\":\"rv-2\"}\n",
                "{\"path\":\"a.txt\",\"rule\":\"R\"}\n",
                "{half"
            })
    void what_does_not_begin_with_a_line_about_the_task_proves_nothing(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(Problem.class, no -> {
            assertThat(no.code()).isEqualTo("invalid_result");
            assertThat(no.sentence()).contains(".beads/skein/rv-1.jsonl");
        });
    }
}
