package dev.skein.job;

import dev.skein.bus.Endpoint;
import dev.skein.job.packing.SubmitPacking;
import dev.skein.pipeline.Workers.Caller;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the leader offers to those who want something done. All served by the leading coordinator. */
public final class Jobs {
    /** Largest number of jobs in one {@link #SUBMIT_MANY}. */
    public static final int BATCH_MAX = 10_000;

    /** Longest wait of one {@link #GET}. */
    public static final long WAIT_MILLIS_MAX = 60_000;

    public record Submit(JobSpec spec, Caller caller) {}

    /** @param existing whether it had been asked for before under the same idempotency key */
    public record Submitted(String id, JobState state, boolean existing) {}

    public record SubmitMany(List<JobSpec> specs, Caller caller) {
        public SubmitMany {
            specs = List.copyOf(specs);
        }
    }

    /**
     * What became of one of many.
     *
     * @param id empty when it was refused
     * @param state null when it was refused
     * @param code why it was refused; null when it was not
     */
    public record Answer(
            String id,
            @Nullable JobState state,
            boolean existing,
            @Nullable String code,
            @Nullable String message) {}

    /** In the order of the specs. All that were accepted are committed together. */
    public record SubmittedMany(List<Answer> answers) {
        public SubmittedMany {
            answers = List.copyOf(answers);
        }
    }

    /**
     * One job.
     *
     * @param waitMillis answers earlier than that only when the job has ended; 0 to {@value #WAIT_MILLIS_MAX}
     * @param payload whether its payload is wanted too
     */
    public record Get(String id, long waitMillis, boolean payload) {}

    /**
     * Some jobs, the newest first.
     *
     * @param states in one of them; empty for any
     * @param error text within the message or code of the last failure; null for any
     * @param cursor from the page before; null for the first page
     * @param limit 1 to 1000
     */
    public record ListAll(
            List<JobState> states,
            @Nullable String type,
            @Nullable String worker,
            @Nullable String label,
            @Nullable String submitter,
            @Nullable String error,
            @Nullable String cursor,
            int limit) {
        public ListAll {
            states = List.copyOf(states);
        }
    }

    /** @param next cursor of the next page; null after the last */
    public record Listed(List<Job> jobs, @Nullable String next) {
        public Listed {
            jobs = List.copyOf(jobs);
        }
    }

    /** @param reason for people; may be empty */
    public record Cancel(String id, String reason, Caller caller) {}

    /** Begin anew what has ended or is parked, with its attempts counted from the present one on. */
    public record Retry(String id, Caller caller) {}

    /** Set aside what waits. */
    public record Park(String id, String reason, Caller caller) {}

    public record WhyAsk(String id) {}

    /**
     * One reason.
     *
     * @param code {@code delayed}, {@code backing_off}, {@code no_capability}, {@code no_label}, {@code no_memory},
     *     {@code too_large}, {@code cordoned}, {@code draining}, {@code no_slot}, {@code type_limit}, {@code
     *     rate_limit}, {@code key_limit}, {@code behind_others}, {@code no_worker}, {@code parked}, {@code running},
     *     {@code ended}
     * @param worker about which it is said; null when about all
     */
    public record Reason(
            String code, String message, @Nullable String worker) {}

    /**
     * Why it does not run.
     *
     * @param ahead how many jobs of its type are likely to begin before it
     * @param etaMillisLow until it is likely to begin, at best; null when nothing is known
     * @param etaMillisHigh at worst
     */
    public record Why(
            String id,
            JobState state,
            List<Reason> reasons,
            long ahead,
            @Nullable Long etaMillisLow,
            @Nullable Long etaMillisHigh) {
        public Why {
            reasons = List.copyOf(reasons);
        }
    }

    public record StatsAsk() {}

    /**
     * Numbers of jobs by state.
     *
     * @param oldestQueuedMillis since the oldest that waits was accepted; 0 when none waits
     */
    public record Counts(
            long queued,
            long running,
            long retrying,
            long parked,
            long succeeded,
            long failed,
            long cancelled,
            long dead,
            long oldestQueuedMillis) {}

    /**
     * How long attempts of the recent past ran and what that means for the queue.
     *
     * @param etaMillisLow until the queue of now is empty, at best; null when nothing is known
     */
    public record Pace(
            long finishedPerMinute,
            long failedPerMinute,
            @Nullable Long runMillisP50,
            @Nullable Long runMillisP95,
            @Nullable Long etaMillisLow,
            @Nullable Long etaMillisHigh) {}

    /**
     * When all that is unfinished now will have ended, in about eight of ten cases.
     *
     * @param lowSeconds at best; null while too few were measured, or when nobody does them
     * @param highSeconds at worst
     * @param samples how many durations it is learned from
     * @param samplesNeeded below which nothing is said
     */
    public record Eta(@Nullable Double lowSeconds, @Nullable Double highSeconds, int samples, int samplesNeeded) {
        public static final int SAMPLES_NEEDED = 20;
    }

    /** @param oldestAgeSeconds since the oldest in each state was accepted, by the state's word; of states with any */
    public record OfType(String type, Counts counts, Pace pace, Eta eta, Map<String, Long> oldestAgeSeconds) {
        public OfType {
            oldestAgeSeconds = Map.copyOf(oldestAgeSeconds);
        }
    }

    /** @param oldestAgeSeconds as of {@link OfType} */
    public record Stats(Counts counts, Pace pace, Eta eta, Map<String, Long> oldestAgeSeconds, List<OfType> types) {
        public Stats {
            oldestAgeSeconds = Map.copyOf(oldestAgeSeconds);
            types = List.copyOf(types);
        }
    }

    /**
     * Cancels many at once.
     *
     * @param states of {@code queued}, {@code retrying}, {@code parked} and {@code running}
     * @param type null for any
     */
    public record Clear(List<JobState> states, @Nullable String type, Caller caller) {
        public Clear {
            states = List.copyOf(states);
        }
    }

    /** @param cancelling how many running ones were told to end */
    public record Cleared(int cancelled, int cancelling) {}

    /**
     * Part of the log of the latest attempt.
     *
     * @param offset as of {@link JobRuns.Tail}
     * @param waitMillis how long to wait for more, also between two attempts; 0 to 30000
     * @param attempt the offset is of; the log of a later one is read from its beginning; 0 for the latest
     */
    public record LogsAsk(String id, long offset, int bytesMax, long waitMillis, int attempt) {}

    /**
     * @param attempt whose log it is
     * @param part has ended when the job has, and there is no more
     */
    public record Logs(int attempt, JobRuns.Tailed part) {}

    public record RunnersAsk() {}

    /**
     * A runtime that does jobs.
     *
     * @param status {@code ready}, {@code busy}, {@code cordoned}, {@code draining}, {@code refusing} or {@code silent}
     * @param reservedBytes for what it runs
     */
    public record RunnerView(
            JobRuns.Runner runner,
            String status,
            int running,
            int slots,
            long reservedBytes,
            long memoryBytes,
            long silentMillis) {}

    public record Runners(List<RunnerView> runners) {
        public Runners {
            runners = List.copyOf(runners);
        }
    }

    /**
     * Fails with 400 {@code unknown_job_type}, {@code invalid_request}, 413 {@code payload_too_large}, 422 {@code
     * memory_impossible}, 409 {@code idempotency_key_reused}, 429 {@code queue_full}.
     */
    public static final Endpoint<Submit, Submitted> SUBMIT =
            new Endpoint<>("job.submit.v1", Submit.class, Submitted.class);

    /** Each is answered for by itself. Fails with 400 when there are too many. */
    public static final Endpoint<SubmitMany, SubmittedMany> SUBMIT_MANY =
            new Endpoint<>("job.submit-many.v1", SubmitMany.class, SubmittedMany.class, List.of(new SubmitPacking()));

    /** Ask with a deadline well beyond the wait. Fails with 404 {@code job_not_found}. */
    public static final Endpoint<Get, Job> GET = new Endpoint<>("job.get.v1", Get.class, Job.class);

    /** Fails with 400 {@code invalid_cursor}. */
    public static final Endpoint<ListAll, Listed> LIST = new Endpoint<>("job.list.v1", ListAll.class, Listed.class);

    /**
     * What waits is cancelled at once, what runs is told to end and is cancelled when it has. Fails with 404 {@code
     * job_not_found}, 409 {@code job_ended}.
     */
    public static final Endpoint<Cancel, Job> CANCEL = new Endpoint<>("job.cancel.v1", Cancel.class, Job.class);

    /** Fails with 404 {@code job_not_found}, 409 {@code job_not_ended}, 429 {@code queue_full}. */
    public static final Endpoint<Retry, Job> RETRY = new Endpoint<>("job.retry.v1", Retry.class, Job.class);

    /** Fails with 404 {@code job_not_found}, 409 {@code job_not_waiting}. */
    public static final Endpoint<Park, Job> PARK = new Endpoint<>("job.park.v1", Park.class, Job.class);

    /** Fails with 404 {@code job_not_found}. */
    public static final Endpoint<WhyAsk, Why> WHY = new Endpoint<>("job.why.v1", WhyAsk.class, Why.class);

    public static final Endpoint<StatsAsk, Stats> STATS = new Endpoint<>("job.stats.v1", StatsAsk.class, Stats.class);

    public static final Endpoint<Clear, Cleared> CLEAR = new Endpoint<>("job.clear.v1", Clear.class, Cleared.class);

    /** Fails with 404 {@code job_not_found}. */
    public static final Endpoint<LogsAsk, Logs> LOGS = new Endpoint<>("job.logs.v1", LogsAsk.class, Logs.class);

    public static final Endpoint<RunnersAsk, Runners> RUNNERS =
            new Endpoint<>("job.runners.v1", RunnersAsk.class, Runners.class);

    private Jobs() {}
}
