package dev.skein.job.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/15 * * * * | UTC | 2026-01-15T10:01:00Z | 2026-01-15T10:15:00Z",
                "0 9 * * mon-fri | UTC | 2026-01-16T09:00:00Z | 2026-01-19T09:00:00Z",
                "0 0 29 2 * | UTC | 2026-03-01T00:00:00Z | 2028-02-29T00:00:00Z",
                "30 4 1,15 * 5 | UTC | 2026-01-02T05:00:00Z | 2026-01-09T04:30:00Z",
                "0 12 * * 7 | UTC | 2026-01-15T00:00:00Z | 2026-01-18T12:00:00Z",
                "0 0 1 jan * | UTC | 2026-01-01T00:00:00Z | 2027-01-01T00:00:00Z",
                "@hourly | UTC | 2026-01-15T10:00:00Z | 2026-01-15T11:00:00Z",
                "0 8 * * * | Europe/Berlin | 2026-01-15T10:00:00Z | 2026-01-16T07:00:00Z",
                "30 2 * * * | Europe/Berlin | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z",
                "30 2 * * * | Europe/Berlin | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z",
                "30 2 * * * | Europe/Berlin | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z",
                "5/20 1 * * * | UTC | 2026-01-15T01:05:00Z | 2026-01-15T01:25:00Z"
            })
    void the_next_time_is_the_first_after_the_last(String cron, String zone, Instant after, Instant next) {
        assertThat(Objects.requireNonNull(Cron.parse(cron, zone).next(after))).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "5-1 * * * *",
                "*/0 * * * *",
                "a * * * *",
                "1,,2 * * * *",
                "0 0 31 2 *",
                "@never"
            })
    void what_cannot_be_is_refused_with_a_sentence(String cron) {
        assertThatThrownBy(() -> Cron.parse(cron, "UTC"))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                        .isEqualTo("invalid_cron"));
    }
}
