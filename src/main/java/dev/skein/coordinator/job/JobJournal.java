package dev.skein.coordinator.job;

import dev.skein.job.JobState;
import dev.skein.job.Schedules.Plan;
import dev.skein.job.life.Live;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where jobs are kept. */
public interface JobJournal {
    /**
     * What was found there.
     *
     * @param live every job that has not ended
     * @param ended how many have, by type and state
     */
    record Found(List<Live> live, Map<String, Map<JobState, Long>> ended, List<Cycle> schedules) {}

    /**
     * A schedule.
     *
     * @param nextAt milliseconds since 1970; null when it is paused
     */
    record Cycle(
            String id, Plan plan, @Nullable Long nextAt, @Nullable Long lastAt, @Nullable Long lastJob, long skipped) {}

    /**
     * What is committed together.
     *
     * @param cycles that are new or changed
     * @param dropped ids of schedules
     */
    record Entry(List<JobChange> changes, List<Cycle> cycles, List<String> dropped) {}

    /** Commits all or nothing. */
    Future<?> write(Entry entry);
}
