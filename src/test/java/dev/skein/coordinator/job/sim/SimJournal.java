package dev.skein.coordinator.job.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.coordinator.job.JobChange;
import dev.skein.coordinator.job.JobJournal;
import dev.skein.job.JobState;
import dev.skein.job.life.Live;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A store that is slow, refuses at times, and knows only one leader. It checks each commit against what was there. */
final class SimJournal {
    private static final double REFUSALS = 0.03;

    private final SimTime time;
    final Map<Long, Live> rows = new HashMap<>();
    private long epoch;
    private boolean calm;
    private int open;

    SimJournal(SimTime time) {
        this.time = time;
    }

    void calm() {
        calm = true;
    }

    /** Whether every job that is there has ended. */
    boolean isOver() {
        return open == 0;
    }

    /** A new term: what an earlier leader still sends is refused. */
    JobJournal of(long newEpoch) {
        epoch = newEpoch;
        return entry -> write(newEpoch, entry.changes());
    }

    JobJournal.Found found() {
        var live = rows.values().stream()
                .filter(row -> !row.state().isTerminal())
                .sorted((one, other) -> Long.compare(one.id(), other.id()))
                .toList();
        return new JobJournal.Found(live, Map.of(), List.of());
    }

    private Future<?> write(long writer, List<JobChange> changes) {
        Promise<Boolean> answer = Promise.promise();
        boolean refused = !calm && time.chance(REFUSALS);
        time.in(time.upTo(20), () -> {
            if (refused || writer != epoch) {
                time.in(time.upTo(5), () -> answer.fail(Problem.busy("the disk is full")));
            } else {
                changes.forEach(this::apply);
                time.in(time.upTo(5), () -> answer.complete(true));
            }
        });
        return answer.future();
    }

    private void apply(JobChange change) {
        var live = change.live();
        var before = rows.put(live.id(), live);
        open += (live.state().isTerminal() ? 0 : 1)
                - (before == null || before.state().isTerminal() ? 0 : 1);
        if (before != null) {
            assertThat(before.state().isTerminal())
                    .as("a job that has ended changes: %s", live)
                    .isFalse();
            assertThat(live.attempt()).as("attempts only rise: %s", live).isGreaterThanOrEqualTo(before.attempt());
        }
        for (var ending : change.endings()) {
            int latest = before == null ? 0 : before.attempt();
            assertThat(ending.before().attempt())
                    .as("an older attempt ends a job: %s", change)
                    .isGreaterThanOrEqualTo(latest);
        }
        if (live.state() == JobState.SUCCEEDED) {
            assertThat(change.last()).isNotNull();
        }
    }
}
