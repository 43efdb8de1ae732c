package dev.skein.coordinator.job.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.job.JobSpec;
import dev.skein.job.JobSpec.Needs;
import dev.skein.job.JobSpec.Order;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
    private static String of(String payload) {
        return Fingerprint.of(JobSpec.of("exec", payload));
    }

    private static String labelled(String... labels) {
        return Fingerprint.of(JobSpec.of("exec", "{}").labelled(List.of(labels)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"a":1,"b":{"c":2,"d":[1,{"e":1,"f":2}]}} | { "b": {"d":[1,{"f":2,"e":1}], "c":2}, "a":1 }
            {"a":"\\u0041"}                           | {"a":"A"}
            """)
    void how_a_payload_is_spelt_does_not_matter(String one, String other) {
        assertThat(of(one)).isEqualTo(of(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"a":[1,2]}   | {"a":[2,1]}
            {"a":1}       | {"a":"1"}
            {"a":null}    | {}
            {"a":{"b":1}} | {"a":["b",1]}
            "x"           | x
            """)
    void what_a_payload_says_does(String one, String other) {
        assertThat(of(one)).isNotEqualTo(of(other));
    }

    @Test
    void labels_are_a_set_whose_words_never_run_together() {
        assertThat(labelled("a", "b")).isEqualTo(labelled("b", "a"));
        assertThat(Stream.of(
                        labelled("a", "b"),
                        labelled("a, b"),
                        labelled("a,b"),
                        labelled("a\",\"b"),
                        labelled("ab"),
                        labelled()))
                .doesNotHaveDuplicates();
    }

    @Test
    void each_part_counts() {
        var plain = JobSpec.of("exec", "{}");

        assertThat(Stream.of(
                                plain,
                                JobSpec.of("noop", "{}"),
                                plain.with(new Order(4, null, null, 1, Duration.ZERO)),
                                plain.with(new Order(5, "null", null, 1, Duration.ZERO)),
                                plain.with(new Order(5, null, "null", 1, Duration.ZERO)),
                                plain.with(new Order(5, "a, concurrencyKey=b", null, 1, Duration.ZERO)),
                                plain.with(new Order(5, "a", "b, concurrencyKey=null", 1, Duration.ZERO)),
                                plain.with(new Needs(List.of("x"), List.of(), null, 0, false)),
                                plain.with(new Needs(List.of(), List.of("x"), null, 0, false)),
                                plain.with(new Needs(List.of(), List.of(), "x", 0, false)),
                                plain.with(new Needs(List.of(), List.of(), null, 1, false)),
                                plain.with(new Needs(List.of(), List.of(), null, 0, true)),
                                plain.attempts(2),
                                plain.labelled(List.of("x")))
                        .map(Fingerprint::of))
                .doesNotHaveDuplicates();
    }
}
