package dev.skein.job.exec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecPayloadTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"argv":"ls"}                             | argv must be a list
            {"argv":["ls",["-l"]]}                    | argv[1] must be text
            {"argv":["ls",null]}                      | it holds null where a value is needed
            {"argv":["ls"],"env":["A=b"]}             | env must be an object
            {"argv":["ls"],"env":{"A":{"b":1}}}       | env.A must be text
            {"argv":["ls"],"env":{"A":null}}          | it holds null where a value is needed
            {"argv":["ls"],"capture_bytes":"many"}    | capture_bytes must be a number in range
            {"argv":["ls"],"capture_bytes":99999999999} | capture_bytes holds what does not fit there
            {"argv":["ls"],"stdin":{}}                | stdin must be text
            {"arg":["ls"]} | arg is unknown; known are argv, capture_bytes, cwd, env, shell, stdin
            7                                         | the whole must be an object
            ["ls"]                                    | the whole must be an object
            {"argv":["ls"]} {}                        | the whole must be an object
            {"argv":                                  | it is not JSON at line 1, column 9
            nonsense                                  | it is not JSON at line 1, column 9
            """)
    void what_cannot_be_read_is_refused_in_words_of_the_payload(String payload, String said) {
        assertThatThrownBy(() -> ExecPayload.of(payload))
                .isInstanceOf(Problem.class)
                .hasMessage("the payload of exec cannot be read: " + said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"argv\":[\"a\\u0000\"]}",
                "{\"shell\":\"\\u0000\"}",
                "{\"argv\":[\"ls\"],\"cwd\":\"\\u0000\"}",
                "{\"argv\":[\"ls\"],\"env\":{\"\\u0000\":\"a\"}}",
                "{\"argv\":[\"ls\"],\"env\":{\"A\":\"\\u0000\"}}"
            })
    void no_text_holds_a_zero(String payload) {
        assertThatThrownBy(() -> ExecPayload.of(payload))
                .hasMessage("argv, shell, env and cwd must not hold the character U+0000");
    }

    @Test
    void what_the_kernel_refuses_at_every_attempt_is_refused_before_the_first() {
        var name = " a name is not empty and holds no =";
        assertThatThrownBy(() -> ExecPayload.of("{\"argv\":[\"ls\"],\"env\":{\"A=B\":\"c\"}}"))
                .hasMessage("env has the name \"A=B\":" + name);
        assertThatThrownBy(() -> ExecPayload.of("{\"argv\":[\"ls\"],\"env\":{\"\":\"c\"}}"))
                .hasMessage("env has the name \"\":" + name);
        assertThatThrownBy(() -> ExecPayload.of("{\"argv\":[\"ls\",\"" + "x".repeat(128 << 10) + "\"]}"))
                .message()
                .startsWith("argv[1] has 131072 bytes, at most 131071");
    }

    @Test
    void what_is_nested_too_deeply_is_refused_likewise() {
        var deep = "{\"argv\":[\"ls\"],\"env\":{\"A\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}";

        assertThatThrownBy(() -> ExecPayload.of(deep))
                .isInstanceOf(Problem.class)
                .message()
                .startsWith("the payload of exec cannot be read: ")
                .doesNotContain("dev.skein", "java.", "Json", "Stream", "`");
    }
}
