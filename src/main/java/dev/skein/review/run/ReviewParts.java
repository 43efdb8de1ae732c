package dev.skein.review.run;

import dev.skein.bus.Endpoint;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.review.scope.Unit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What routers, the leader and workers say to each other about a run. */
public final class ReviewParts {
    /** Units in one {@link #ADD} at most. */
    public static final int UNITS_MAX = 500;

    /** Bytes of one stretch of a file, and of one part of findings, at most. */
    public static final int BYTES_MAX = 256 << 10;

    /**
     * A directory that a router has looked at.
     *
     * @param key of directory, choice, engine and persona: the same asked for twice is one run
     * @param node id of the router's node
     * @param hash of all files; a run with another one is another run, unless tasks of the earlier are still to be done
     */
    public record Register(
            String key,
            String name,
            String root,
            String node,
            String hash,
            Reviews.Choice choice,
            String persona,
            @Nullable String since,
            int files,
            long lines,
            Map<String, Integer> skipped,
            Caller caller) {
        public Register {
            skipped = Map.copyOf(skipped);
        }
    }

    /** @param isNew false when the same had been asked for */
    public record Registered(String run, boolean isNew) {}

    /** Units of a run; those that it has already change nothing. */
    public record Add(String run, List<Unit> units, boolean isLast, Caller caller) {
        public Add {
            units = List.copyOf(units);
        }
    }

    /** @param created how many were new */
    public record Added(int created) {}

    /** What a job of type {@code review} carries, as JSON. */
    public record TaskOrder(
            String run, String task, String root, String node, String engine, String persona, Unit unit) {}

    /** A stretch of a file as it was when the run began; for the router of the node that has it. */
    public record Read(String run, String root, String path, String hash, long offset) {}

    /** @param content nobody may change it; shorter than asked for only at the end */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Stretch(byte[] content, boolean isLast) {}

    /**
     * Some findings of a task.
     *
     * @param attempt of the job
     * @param number from 0, without gaps
     * @param findings JSON lines, compressed with gzip
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Part(String run, String task, int attempt, int number, byte[] findings) {}

    /**
     * A task was done.
     *
     * @param parts how many there are
     * @param reviewed lines
     * @param findings by severity, without suppressed ones
     * @param summary model, usage, rules, gaps and what was rejected, as JSON
     */
    public record Seal(
            String run,
            String task,
            int attempt,
            int parts,
            String worker,
            long millis,
            long reviewed,
            Map<String, Long> findings,
            long suppressed,
            String summary) {
        public Seal {
            findings = Map.copyOf(findings);
        }
    }

    /** @param accepted false when another attempt was first; then that one counts */
    public record Taken(boolean accepted) {}

    public static final Endpoint<Register, Registered> REGISTER =
            new Endpoint<>("review.register.v1", Register.class, Registered.class);

    public static final Endpoint<Add, Added> ADD = new Endpoint<>("review.add.v1", Add.class, Added.class);

    /** Served by each router. Fails with 404 {@code file_gone}, 409 {@code file_changed}. */
    public static final Endpoint<Read, Stretch> READ = new Endpoint<>("review.read.v1", Read.class, Stretch.class);

    public static final Endpoint<Part, Taken> PART = new Endpoint<>("review.part.v1", Part.class, Taken.class);

    /** Fails with 404 {@code review_not_found}. */
    public static final Endpoint<Seal, Taken> SEAL = new Endpoint<>("review.seal.v1", Seal.class, Taken.class);

    private ReviewParts() {}
}
