package dev.skein.job.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.job.JobSpec;
import dev.skein.job.JobState;
import dev.skein.job.Outcome;
import dev.skein.job.life.Live.Surroundings;
import dev.skein.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LiveTest {
    private static final long GIB = 1L << 30;
    private static final Rules RULES = new Rules(Duration.ofMillis(100), Duration.ofMinutes(1));
    private static final Surroundings AROUND = new Surroundings(5_000, RULES, new Random(1), 10 * GIB);
    private static final Outcome FAILURE = Outcome.failed("exit_code", "it exited with 1", true);

    private final Live fresh =
            Live.accepted(1, Traits.of(JobSpec.of("exec", "{}").attempts(2), "ann"), GIB, new Live.Entry(1_000, 0));

    /** What may happen, in the words of the document, in its order. */
    private enum Happening {
        CLAIMED(live -> live.claimed("w1", 2_000)),
        NOT_BEGUN(live -> live.notBegun(3_000, 10)),
        SUCCEEDED(live -> live.finished(Outcome.SUCCESS, AROUND)),
        FAILED_FOR_NOW(live -> live.finished(FAILURE, AROUND)),
        FAILED_FOR_GOOD(live -> live.finished(Outcome.failed("bad", "it cannot be", false), AROUND)),
        CANCELLED(Live::cancelled),
        PARKED(Live::parked),
        EXPIRED(Live::expired),
        RETRIED(live -> live.retried(6_000));

        private final UnaryOperator<Live> change;

        Happening(UnaryOperator<Live> change) {
            this.change = change;
        }
    }

    @Test
    void every_event_in_every_state_does_what_the_document_says() throws IOException {
        var documented = Files.readAllLines(Path.of("docs/job-states.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(table()).isEqualTo(documented);
    }

    private List<String> table() {
        var rows = new ArrayList<String>();
        for (var state : JobState.values()) {
            var row = new StringBuilder("| `" + state.word() + "` |");
            for (var happening : Happening.values()) {
                row.append(' ').append(result(in(state), happening)).append(" |");
            }
            rows.add(row.toString());
        }
        return rows;
    }

    private static String result(Live live, Happening happening) {
        try {
            return happening.change.apply(live).state().word();
        } catch (Problem refused) {
            return "–";
        }
    }

    private Live in(JobState state) {
        var running = fresh.claimed("w1", 1_000);
        return switch (state) {
            case QUEUED -> fresh;
            case RUNNING -> running;
            case RETRYING -> running.finished(FAILURE, AROUND);
            case PARKED -> fresh.parked();
            case SUCCEEDED -> running.finished(Outcome.SUCCESS, AROUND);
            case FAILED -> fresh.expired();
            case CANCELLED -> fresh.cancelled();
            case DEAD -> running.finished(FAILURE, AROUND).claimed("w2", 1).finished(FAILURE, AROUND);
        };
    }

    @Test
    void a_job_that_uses_up_its_attempts_is_dead_and_another_life_begins_with_a_higher_number() {
        var dead = in(JobState.DEAD);

        assertThat(dead.attempt()).isEqualTo(2);
        var again = dead.retried(7_000).claimed("w1", 7_001);
        assertThat(again.attempt()).isEqualTo(3);
        assertThat(again.attemptLimit()).isEqualTo(4);
    }

    @Test
    void out_of_memory_is_retried_once_with_half_as_much_again_and_then_parked() {
        var killed = Outcome.oomKilled("it took too much", new Outcome.Details("rlimit", GIB, GIB, "", null, 9, false));
        var again = in(JobState.RUNNING).finished(killed, AROUND);

        assertThat(again.state()).isEqualTo(JobState.RETRYING);
        assertThat(again.memory()).isEqualTo(GIB + GIB / 2);
        assertThat(again.attemptLimit()).as("it does not count").isEqualTo(3);
        assertThat(again.claimed("w2", 1).finished(killed, AROUND).state()).isEqualTo(JobState.PARKED);
        var small = new Surroundings(5_000, RULES, new Random(1), GIB);
        assertThat(in(JobState.RUNNING).finished(killed, small).state()).isEqualTo(JobState.PARKED);
    }

    @Test
    void what_was_cancelled_while_it_ran_ends_as_cancelled_however_its_process_ends() {
        var cancelling = in(JobState.RUNNING).cancelled();

        assertThat(cancelling.state()).isEqualTo(JobState.RUNNING);
        assertThat(cancelling.finished(FAILURE, AROUND).state()).isEqualTo(JobState.CANCELLED);
        assertThat(cancelling.finished(Outcome.lost("gone", "gone"), AROUND).state())
                .isEqualTo(JobState.CANCELLED);
    }

    @Test
    void pauses_grow_fourfold_and_vary_by_half() {
        var second = RULES.backOff(2, new Random(3));

        assertThat(second).isBetween(200L, 600L);
        assertThat(RULES.backOff(12, new Random(3))).isBetween(30_000L, 90_000L);
    }

    @Test
    void an_attempt_gets_no_more_time_than_is_left_in_all() {
        var timeouts =
                new JobSpec.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(60), null, Duration.ofSeconds(10));
        var live = Live.accepted(
                1, Traits.of(JobSpec.of("exec", "{}").with(timeouts), "ann"), 0, new Live.Entry(1_000, 0));

        assertThat(live.isExpired(1_999)).isFalse();
        assertThat(live.isExpired(2_000)).isTrue();
        assertThat(live.claimed("w1", 4_000).runLimit(4_000)).isEqualTo(7_000);
        assertThat(live.claimed("w1", 4_000).alarmAt(4_000)).isEqualTo(11_000);
    }

    @Test
    void an_id_is_read_back_from_its_text_and_nothing_else_is() {
        long id = JobIds.of(7, 42);

        assertThat(JobIds.text(id)).isEqualTo("j7-42");
        assertThat(JobIds.parse("j7-42")).isEqualTo(id);
        for (var wrong : Arrays.asList("", "7-42", "j0-1", "j7-042", "j7-42 ", "j7-999999999999999")) {
            assertThatThrownBy(() -> JobIds.parse(wrong)).as(wrong).hasMessageStartingWith("no job");
        }
    }
}
