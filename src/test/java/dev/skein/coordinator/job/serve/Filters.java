package dev.skein.coordinator.job.serve;

import dev.skein.job.Job;
import dev.skein.job.JobState;
import dev.skein.job.Jobs.ListAll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lists of jobs may be narrowed by, in every combination. */
final class Filters {
    private static final List<List<JobState>> STATES = List.of(
            List.of(),
            List.of(JobState.SUCCEEDED),
            List.of(JobState.DEAD),
            List.of(JobState.QUEUED, JobState.SUCCEEDED, JobState.DEAD, JobState.QUEUED));
    private static final List<@Nullable String> TYPES = Arrays.asList(null, "exec", "mcp");
    private static final List<@Nullable String> WORKERS = Arrays.asList(null, "w1", "w2");
    private static final List<@Nullable String> LABELS = Arrays.asList(null, "team=a");
    private static final List<@Nullable String> SUBMITTERS = Arrays.asList(null, "ann", "bob");
    private static final List<@Nullable String> ERRORS = Arrays.asList(null, "NOTHING");

    private Filters() {}

    /** Pages of two and of nine. */
    static List<ListAll> combined() {
        var asks = new ArrayList<ListAll>();
        for (var states : STATES) {
            for (var type : TYPES) {
                WORKERS.forEach(worker -> add(asks, new ListAll(states, type, worker, null, null, null, null, 9)));
            }
        }
        return asks;
    }

    private static void add(List<ListAll> asks, ListAll by) {
        for (var label : LABELS) {
            for (var submitter : SUBMITTERS) {
                ERRORS.forEach(error -> asks.add(new ListAll(
                        by.states(),
                        by.type(),
                        by.worker(),
                        label,
                        submitter,
                        error,
                        null,
                        asks.size() % 2 == 0 ? 9 : 2)));
            }
        }
    }

    static boolean passes(Job job, ListAll ask) {
        return (ask.states().isEmpty() || ask.states().contains(job.state()))
                && isOrAny(ask.type(), job.spec().type())
                && isOrAny(ask.worker(), job.worker())
                && (ask.label() == null || job.spec().labels().contains(ask.label()))
                && isOrAny(ask.submitter(), job.submitter())
                && (ask.error() == null
                        || job.outcome() != null && !job.outcome().isSuccess());
    }

    private static boolean isOrAny(@Nullable String wanted, @Nullable String has) {
        return wanted == null || wanted.equals(has);
    }
}
