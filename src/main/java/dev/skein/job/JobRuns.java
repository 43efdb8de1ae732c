package dev.skein.job;

import dev.skein.bus.Endpoint;
import dev.skein.job.Job.Progress;
import dev.skein.job.packing.ReportPacking;
import dev.skein.job.packing.RunPacking;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the leader and the runtimes that do jobs speak with each other.
 *
 * <p>A runtime makes itself known by {@link #RENEW} and repeats it at a third of the lease, from a thread that no job
 * can block. It is given work by {@link #RUN}, and tells by {@link #REPORT} what becomes of it, again and again until
 * it is answered. A job is named by its id and the number of the attempt; what is said about an older attempt has no
 * effect.
 */
public final class JobRuns {
    /** One attempt at one job. */
    public record Ref(String job, int attempt) {}

    /**
     * Who does jobs.
     *
     * @param worker its id
     * @param node its {@link dev.skein.bus.NodeAddress} as text: one per life
     * @param types of the handlers it has
     * @param capabilities it offers besides; {@code general} and its types go without saying
     * @param labels it bears
     */
    public record Runner(
            String worker, String node, List<String> types, List<String> capabilities, List<String> labels) {
        public Runner {
            types = List.copyOf(types);
            capabilities = List.copyOf(capabilities);
            labels = List.copyOf(labels);
        }
    }

    /**
     * How much a runtime can do.
     *
     * @param slots jobs at once
     * @param memoryBytes that may be reserved for jobs in all
     * @param refusal why it takes nothing new for now, draining or short of memory; null when it does
     */
    public record Room(
            int slots, long memoryBytes, @Nullable String refusal) {}

    /**
     * An attempt to be made.
     *
     * @param memoryBytes reserved, and the cap
     * @param runMillis how long it may run; 0 without limit
     * @param heartbeatMillis how long the handler may be silent; 0 without limit
     * @param before the last progress of the attempt before; null when there is none
     */
    public record Assignment(
            Ref ref,
            String type,
            String payload,
            long memoryBytes,
            long runMillis,
            long heartbeatMillis,
            @Nullable Progress before) {}

    /**
     * Work for one runtime. It takes each assignment at once; it has room, as the leader keeps count.
     *
     * @param epoch of the leader; one with a lower one than was seen before is refused
     * @param leaseMillis after which what is not renewed is given to another
     */
    public record Run(long epoch, long leaseMillis, List<Assignment> assignments) {
        public Run {
            assignments = List.copyOf(assignments);
        }
    }

    /** @param code {@code no_slot}, {@code unknown_type}, {@code draining}, {@code no_memory} */
    public record Refused(Ref ref, String code, String message) {}

    /** What was not taken; the rest was, also what it had already. */
    public record Taken(List<Refused> refused) {
        public Taken {
            refused = List.copyOf(refused);
        }
    }

    /**
     * An attempt that must end.
     *
     * @param reason {@code cancelled}, {@code timeout} or {@code stale_attempt}; nobody hears of the end of the last
     * @param graceMillis between asking its processes to end and killing them
     */
    public record Ending(Ref ref, String reason, String message, long graceMillis) {}

    public record Stop(long epoch, List<Ending> endings) {
        public Stop {
            endings = List.copyOf(endings);
        }
    }

    public record Stopping() {}

    /** What one report says. */
    public enum What {
        STARTED,
        PROGRESS,
        FINISHED
    }

    /**
     * News of one attempt.
     *
     * @param progress with {@code PROGRESS}
     * @param outcome with {@code FINISHED}
     * @param result JSON text with {@code FINISHED}; null when there is none
     * @param log its last lines with {@code FINISHED}, at most {@value #LOG_MAX} characters; null when there are none
     */
    public record News(
            Ref ref,
            What what,
            @Nullable Progress progress,
            @Nullable Outcome outcome,
            @Nullable String result,
            @Nullable String log) {
        public static News started(Ref ref) {
            return new News(ref, What.STARTED, null, null, null, null);
        }

        public static News progress(Ref ref, Progress progress) {
            return new News(ref, What.PROGRESS, progress, null, null, null);
        }

        public static News finished(Ref ref, Outcome outcome, @Nullable String result, @Nullable String log) {
            return new News(ref, What.FINISHED, null, outcome, result, log);
        }
    }

    /** Longest end of a log that travels with a report. */
    public static final int LOG_MAX = 16 << 10;

    /** At most {@value #NEWS_MAX} pieces, in the order in which they happened. */
    public record Report(String worker, String node, List<News> news) {
        public Report {
            news = List.copyOf(news);
        }
    }

    public static final int NEWS_MAX = 1_000;

    /** What became of a piece of news. */
    public enum Verdict {
        /** It is so, and committed when it says that the attempt has finished; also when it was said before. */
        ACCEPTED,
        /** Another attempt has the job, or it has ended: whatever still runs must end. */
        STALE_ATTEMPT,
        /** There is no such job any more. */
        UNKNOWN_JOB,
        /** The result is too large, and the attempt has failed for that. */
        RESULT_TOO_LARGE
    }

    /** In the order of the news. */
    public record Reported(List<Verdict> verdicts) {
        public Reported {
            verdicts = List.copyOf(verdicts);
        }
    }

    /**
     * The runtime lives, and holds these attempts.
     *
     * @param held every attempt that was taken and whose end is not yet reported
     * @param leaving whether it is about to stop; it takes nothing more and ends what it holds, if there is time
     * @param epoch of the latest leader that it has heard; it takes nothing from an earlier one any more, so of what
     *     that one gave it, it has what it holds
     */
    public record Renew(Runner runner, Room room, List<Ref> held, boolean leaving, long epoch) {
        public Renew {
            held = List.copyOf(held);
        }
    }

    /**
     * The leases of what is held are renewed, but for what must end.
     *
     * @param leaseMillis from the sending of the request; what cannot be renewed for so long must be ended
     */
    public record Renewed(long epoch, long leaseMillis, List<Ending> endings) {
        public Renewed {
            endings = List.copyOf(endings);
        }
    }

    /**
     * Part of a log.
     *
     * @param offset in bytes from the beginning of the log; negative counts from its end
     * @param bytesMax 1 to {@value #TAIL_MAX}
     * @param waitMillis how long to wait when there is nothing after the offset yet; 0 to 30000
     */
    public record Tail(Ref ref, long offset, int bytesMax, long waitMillis) {}

    public static final int TAIL_MAX = 64 << 10;

    /**
     * Text as it was written, by whole lines where there are any.
     *
     * @param next offset to go on from
     * @param dropped bytes between the asked offset and the text that are kept no more
     * @param ended whether nothing more will come
     */
    public record Tailed(String text, long next, long dropped, boolean ended) {}

    /** Fails with 409 {@code stale_epoch}; then nothing was taken. */
    public static final Endpoint<Run, Taken> RUN =
            new Endpoint<>("job.run.v1", Run.class, Taken.class, List.of(new RunPacking()));

    /** Answered at once; the end itself is reported. Fails with 409 {@code stale_epoch}. */
    public static final Endpoint<Stop, Stopping> STOP = new Endpoint<>("job.stop.v1", Stop.class, Stopping.class);

    /** Fails with 404 {@code job_not_found} when this runtime keeps no such log. */
    public static final Endpoint<Tail, Tailed> TAIL = new Endpoint<>("job.tail.v1", Tail.class, Tailed.class);

    /** Fails with 503 {@code no_leader}, {@code storage_full}: then repeat it. */
    public static final Endpoint<Report, Reported> REPORT =
            new Endpoint<>("job.report.v1", Report.class, Reported.class, List.of(new ReportPacking()));

    /** Fails with 409 {@code worker_id_taken} while another life under this id is heard. */
    public static final Endpoint<Renew, Renewed> RENEW = new Endpoint<>("job.renew.v1", Renew.class, Renewed.class);

    private JobRuns() {}
}
