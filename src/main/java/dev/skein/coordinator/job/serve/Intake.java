package dev.skein.coordinator.job.serve;

import dev.skein.coordinator.job.JobChange.Accepted;
import dev.skein.coordinator.job.JobPlane;
import dev.skein.coordinator.job.JobPlane.Accepting;
import dev.skein.coordinator.job.JobsConfig;
import dev.skein.coordinator.job.rows.JobReads;
import dev.skein.coordinator.job.rows.JobReads.Known;
import dev.skein.job.JobSpec;
import dev.skein.job.JobState;
import dev.skein.job.Jobs;
import dev.skein.job.Jobs.Answer;
import dev.skein.job.Jobs.Submit;
import dev.skein.job.Jobs.SubmitMany;
import dev.skein.job.Jobs.Submitted;
import dev.skein.job.Jobs.SubmittedMany;
import dev.skein.job.life.JobIds;
import dev.skein.job.life.Live;
import dev.skein.job.life.Traits;
import dev.skein.kernel.ByteSize;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.store.Store;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Accepts jobs: checks them, finds those that were asked for before, and lets the others in together. */
public final class Intake {
    /** With less, no program of the type even starts. */
    private static final Map<String, Long> LEAST_BYTES = Map.of("exec", 16L << 20, "heavy-compute", 512L << 20);

    private static final int SHARED_MAX = 10_000;

    private final JobPlane plane;
    private final JobsConfig config;
    private final Store store;
    private final long epoch;
    private final Map<String, Future<?>> keysUnderWay = new HashMap<>();
    private final Map<Traits, Traits> shared = new LinkedHashMap<>();
    private long count;

    public Intake(JobPlane plane, JobsConfig config, Store store, long epoch) {
        this.plane = plane;
        this.config = config;
        this.store = store;
        this.epoch = epoch;
    }

    /** Fails as the only answer would. */
    public Future<Submitted> submit(Submit request) {
        return all(List.of(request.spec()), request.caller().subject()).map(outcomes -> {
            var outcome = outcomes.get(0);
            if (outcome.refusal != null) {
                throw outcome.refusal;
            }
            return new Submitted(JobIds.text(outcome.id), outcome.state, outcome.existing);
        });
    }

    public Future<SubmittedMany> submitMany(SubmitMany request) {
        if (request.specs().size() > Jobs.BATCH_MAX) {
            return Future.failedFuture(Problem.invalid("a batch holds at most " + Jobs.BATCH_MAX + " jobs, got "
                    + request.specs().size()));
        }
        return all(request.specs(), request.caller().subject())
                .map(outcomes ->
                        new SubmittedMany(outcomes.stream().map(Result::answer).toList()));
    }

    /** What became of one: an id, or a refusal. */
    private record Result(
            long id,
            JobState state,
            boolean existing,
            @Nullable Problem refusal) {
        static Result refused(Problem why) {
            return new Result(0, JobState.FAILED, false, why);
        }

        Answer answer() {
            return refusal == null
                    ? new Answer(JobIds.text(id), state, existing, null, null)
                    : new Answer("", null, false, refusal.code(), refusal.sentence());
        }
    }

    private Future<List<Result>> all(List<JobSpec> specs, String submitter) {
        var keys = specs.stream()
                .map(JobSpec::idempotencyKey)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (keys.isEmpty()) {
            return let(specs, submitter, Map.of());
        }
        var names = keys.stream().map(key -> submitter + '\n' + key).toList();
        var before =
                names.stream().map(keysUnderWay::get).filter(Objects::nonNull).toList();
        var mine = Future.join(before)
                .otherwiseEmpty()
                .compose(done -> store.read(tx -> JobReads.known(tx, submitter, keys)))
                .compose(known -> let(specs, submitter, byKey(known)));
        names.forEach(name -> keysUnderWay.put(name, mine));
        return mine.onComplete(done -> names.forEach(name -> keysUnderWay.remove(name, mine)));
    }

    private static Map<String, Known> byKey(List<Known> known) {
        var byKey = new HashMap<String, Known>();
        known.forEach(each -> byKey.put(each.key(), each));
        return byKey;
    }

    private Future<List<Result>> let(List<JobSpec> specs, String submitter, Map<String, Known> known) {
        return plane.ledger().step(() -> {
            var seen = new HashMap<>(known);
            var accepting = new ArrayList<Accepting>();
            var results = new ArrayList<Result>(specs.size());
            for (var spec : specs) {
                results.add(one(spec, submitter, seen, accepting));
            }
            plane.accept(accepting);
            return settled(results);
        });
    }

    /** The state after those that could were given to workers in the same commit. */
    private List<Result> settled(List<Result> results) {
        return results.stream()
                .map(result -> {
                    var live = result.refusal == null ? plane.book().get(result.id) : null;
                    return live == null ? result : new Result(result.id, live.state(), result.existing, null);
                })
                .toList();
    }

    private Result one(JobSpec spec, String submitter, Map<String, Known> seen, List<Accepting> accepting) {
        try {
            var key = spec.idempotencyKey();
            var fingerprint = key == null ? null : Fingerprint.of(spec);
            var before = key == null ? null : seen.get(key);
            if (before != null) {
                return again(before, Objects.requireNonNull(fingerprint));
            }
            var next = accepting(spec, submitter, fingerprint, accepting.size());
            accepting.add(next);
            if (key != null && fingerprint != null) {
                seen.put(key, new Known(key, next.live().id(), fingerprint, JobState.QUEUED));
            }
            return new Result(next.live().id(), JobState.QUEUED, false, null);
        } catch (Problem refused) {
            return Result.refused(refused);
        }
    }

    private static Result again(Known before, String fingerprint) {
        if (!before.fingerprint().equals(fingerprint)) {
            throw Problem.conflict(
                    "idempotency_key_reused",
                    "the key " + before.key() + " stands for " + JobIds.text(before.id())
                            + ", which was asked for otherwise");
        }
        return new Result(before.id(), before.state(), true, null);
    }

    private Accepting accepting(JobSpec spec, String submitter, @Nullable String fingerprint, int more) {
        check(spec);
        if (plane.book().size() + more >= config.sizes().queueMax()) {
            throw new Problem(
                    Kind.LIMITED,
                    "queue_full",
                    "the queue holds " + config.sizes().queueMax() + " jobs: try again later",
                    List.of());
        }
        return made(spec, submitter, fingerprint, null);
    }

    /** To be called within a step: a job that is let in without further questions. */
    Accepting made(JobSpec spec, String submitter, @Nullable String fingerprint, @Nullable String scheduleId) {
        long now = plane.ledger().now();
        var traits = shared(Traits.of(spec, submitter));
        var live = Live.accepted(
                JobIds.of(epoch, ++count),
                traits,
                memory(spec),
                new Live.Entry(now, spec.order().delay().toMillis()));
        return new Accepting(live, new Accepted(spec, submitter, now, fingerprint, scheduleId));
    }

    private Traits shared(Traits traits) {
        if (shared.size() > SHARED_MAX) {
            shared.clear();
        }
        return shared.computeIfAbsent(traits, same -> same);
    }

    private long memory(JobSpec spec) {
        long asked = spec.needs().memoryBytes();
        return asked > 0 ? asked : config.memoryByType().getOrDefault(spec.type(), 0L);
    }

    /** Refuses what can never work. */
    void check(JobSpec spec) {
        if (!config.types().contains(spec.type()) && !plane.types().contains(spec.type())) {
            mustHaveHeardAll();
            throw new Problem(
                    Kind.INVALID,
                    "unknown_job_type",
                    "no worker does jobs of type " + spec.type() + "; known are "
                            + String.join(", ", config.types().stream().sorted().toList()),
                    List.of());
        }
        if (spec.payload().length() > config.sizes().payloadMax()) {
            throw new Problem(
                    Kind.TOO_LARGE,
                    "the payload has " + spec.payload().length() + " characters, at most "
                            + config.sizes().payloadMax() + " are taken");
        }
        checkLeast(spec);
        long most = plane.stations().memoryMax(Traits.of(spec, "").demand());
        if (most > 0 && memory(spec) > most && !spec.needs().waitForCapacity()) {
            mustHaveHeardAll();
            throw new Problem(
                    Kind.IMPOSSIBLE,
                    "memory_impossible",
                    ByteSize.format(memory(spec)) + " asked, and the largest worker for it has " + ByteSize.format(most)
                            + "; ask to wait for capacity if that will change",
                    List.of());
        }
    }

    private static void checkLeast(JobSpec spec) {
        long asked = spec.needs().memoryBytes();
        long least = LEAST_BYTES.getOrDefault(spec.type(), 0L);
        if (asked > 0 && asked < least) {
            throw new Problem(
                    Kind.INVALID,
                    "memory_too_small",
                    "memory_bytes is %d: a job of type %s needs at least %d (%s)"
                            .formatted(asked, spec.type(), least, ByteSize.format(least)),
                    List.of());
        }
    }

    /** A leader that has just begun must not call impossible what a worker will offer in a moment. */
    private void mustHaveHeardAll() {
        if (!plane.hasHeardAll()) {
            throw Problem.busy("workers_unheard", "the leader has just begun and has not heard all workers; ask again");
        }
    }
}
