package dev.skein.review.run;

import dev.skein.bus.Endpoint;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.review.Engine;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.finding.Tally;
import dev.skein.review.run.Reviews.SkippedPath;
import dev.skein.review.scope.Unit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What routers, the leader and workers say to each other about a run. */
public final class ReviewParts {
    /** Units in one {@link #ADD} at most. */
    public static final int UNITS_MAX = 500;

    /** Bytes of one stretch of a file, and of one part of findings, at most. */
    public static final int BYTES_MAX = 256 << 10;

    /** Entries that are not reviewed of which a run knows the path, at most. */
    public static final int SKIPPED_MAX = 1_000;

    /** Findings in one part at most. */
    public static final int FINDINGS_MAX = 250;

    /**
     * A directory that a router has looked at.
     *
     * @param key of directory, choice, engine and persona: the same asked for twice is one run
     * @param node id of the router's node
     * @param origin what the root is
     * @param hash of all files; a run with another one is another run
     * @param choice names an engine
     * @param persona by its name
     * @param fingerprint of the engine with this persona, as the router's node has it
     * @param skipped entries that are not reviewed, by reason
     * @param paths of the first of them, at most {@value #SKIPPED_MAX}
     */
    public record Register(
            String key,
            String name,
            String root,
            String node,
            Reviews.Origin origin,
            String hash,
            Reviews.Choice choice,
            String persona,
            String fingerprint,
            @Nullable String since,
            int files,
            long lines,
            Map<String, Integer> skipped,
            List<SkippedPath> paths,
            Caller caller) {
        public Register {
            origin = Objects.requireNonNullElse(origin, Reviews.Origin.NONE); // a router of an older version
            paths = paths == null ? List.of() : List.copyOf(paths); // as well
            skipped = Map.copyOf(skipped);
        }
    }

    /** @param isNew false when the same had been asked for */
    public record Registered(String run, boolean isNew) {}

    /**
     * Units of a run; those that it has already change nothing.
     *
     * @param ended why some of them get no job, by id: they ended elsewhere
     */
    public record Add(String run, List<Unit> units, boolean isLast, Map<String, String> ended, Caller caller) {
        public Add {
            units = List.copyOf(units);
            ended = ended == null ? Map.of() : Map.copyOf(ended); // a router of an older version
        }
    }

    /**
     * What came of it.
     *
     * @param created how many were new; some of these may be done already, by an earlier run
     * @param awaited ids of those that ended elsewhere and of which nothing was found here
     */
    public record Added(int created, List<String> awaited) {
        public Added {
            awaited = awaited == null ? List.of() : List.copyOf(awaited);
        }
    }

    /** @param after id of the unit that the page before ended with; null for the first page */
    public record UnitsAsk(String run, @Nullable String after) {}

    /** @param next to go on from; null after the last */
    public record UnitPage(List<Unit> units, @Nullable String next) {
        public UnitPage {
            units = List.copyOf(units);
        }
    }

    /** What a job of type {@code review} carries, as JSON. */
    public record TaskOrder(
            String run, String task, String root, String node, String engine, String persona, Unit unit) {}

    /** A stretch of a file as it was when the run began; for the router of the node that has it. */
    public record Read(String run, String root, String path, String hash, long offset) {}

    /** @param content nobody may change it; shorter than asked for only at the end */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Stretch(byte[] content, boolean isLast) {}

    /**
     * An attempt at a task. Only that of the task's present job counts.
     *
     * @param job id of the job; empty for what was done elsewhere, which counts while the task has no job
     * @param number of the job's attempt
     */
    public record Attempt(String run, String task, String job, int number) {}

    /**
     * Some findings of a task.
     *
     * @param number from 0, without gaps
     * @param findings how many, at most {@value #FINDINGS_MAX}
     * @param lines of JSON, one finding each, compressed with gzip
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Part(Attempt attempt, int number, int findings, byte[] lines) {}

    /**
     * What an attempt found.
     *
     * @param isWhole whether the engine looked at all that it was shown; what is not whole counts until another attempt
     *     has done as much
     * @param parts how many there are
     * @param reviewed lines
     * @param findings by severity in lower case, without suppressed ones
     * @param fingerprint of the engine with the persona, as the worker's node has it
     */
    public record Seal(
            Attempt attempt,
            boolean isWhole,
            int parts,
            String worker,
            long millis,
            long reviewed,
            Map<String, Long> findings,
            long suppressed,
            String fingerprint,
            Summary summary) {
        public Seal {
            findings = Map.copyOf(findings);
        }
    }

    /**
     * What else is to be said about a task.
     *
     * @param model that answered; empty for engines without one
     * @param proposals how many there were, and how many of them were not believed
     * @param rules that its findings are instances of, one each as JSON
     * @param gaps lines that were not reviewed, one {@link MissedLines} each as JSON
     */
    public record Summary(String model, Engine.Usage usage, Tally proposals, List<String> rules, List<String> gaps) {
        public static final Summary NONE = new Summary("", Engine.Usage.NONE, Tally.NONE, List.of(), List.of());

        public Summary {
            proposals = Objects.requireNonNullElse(proposals, Tally.NONE); // kept before they were counted
            rules = List.copyOf(rules);
            gaps = List.copyOf(gaps);
        }
    }

    /** Lines that were not reviewed, as they are written. */
    public record MissedLines(String path, int first, int last, String reason, String detail) {
        public static MissedLines of(Gap gap) {
            var lines = gap.lines();
            return new MissedLines(
                    gap.path(), lines.first(), lines.last(), gap.reason().word(), gap.detail());
        }

        /** What was written. */
        public Gap gap() {
            int from = Math.max(1, first);
            return new Gap(path, new Lines(from, Math.max(from, last)), Gap.Reason.of(reason), detail);
        }
    }

    /** @param accepted false when another attempt was first; then that one counts */
    public record Taken(boolean accepted) {}

    public static final Endpoint<Register, Registered> REGISTER =
            new Endpoint<>("review.register.v1", Register.class, Registered.class);

    public static final Endpoint<Add, Added> ADD = new Endpoint<>("review.add.v1", Add.class, Added.class);

    /** Fails with 404 {@code review_not_found}. */
    public static final Endpoint<UnitsAsk, UnitPage> UNITS =
            new Endpoint<>("review.units.v1", UnitsAsk.class, UnitPage.class);

    /** Served by each router. Fails with 404 {@code file_gone}, 409 {@code file_changed}. */
    public static final Endpoint<Read, Stretch> READ = new Endpoint<>("review.read.v1", Read.class, Stretch.class);

    /** Fails with 404 {@code review_not_found}, 413 {@code review_task_too_large}. */
    public static final Endpoint<Part, Taken> PART = new Endpoint<>("review.part.v1", Part.class, Taken.class);

    /** Fails with 404 {@code review_not_found}, 409 {@code review_parts_missing}. */
    public static final Endpoint<Seal, Taken> SEAL = new Endpoint<>("review.seal.v1", Seal.class, Taken.class);

    private ReviewParts() {}
}
