package dev.skein.router.review.copy;

import dev.skein.bus.Bus;
import dev.skein.git.Clones;
import dev.skein.git.GitConfig;
import dev.skein.git.Source;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.ListAll;
import dev.skein.review.run.Reviews.View;
import dev.skein.router.repository.Bench;
import dev.skein.router.repository.Folder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The repositories that this node has copied for reviews. Runs say which of them are needed: nothing is kept about a
 * copy but that it lies there. Confined to the verticle's event loop.
 */
public final class ReviewCopies {
    private static final Logger log = LoggerFactory.getLogger(ReviewCopies.class);
    private static final Duration LEADER = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10); // well within http.idle
    private static final Duration ASKED_AGAIN = Duration.ofSeconds(45);
    private static final int PAGE = 1_000;

    private final Bus bus;
    private final Clones clones;
    private final Bench bench;
    private final Shed shed;
    private final int copiesMax;
    private final Duration patience;
    private final Map<Source, Making> all = new HashMap<>();
    private long swept = -1; // when everything was looked at last, as the shed counts events

    /**
     * Where and how many.
     *
     * @param directory of the copies, and of nothing else
     * @param patience with which somebody who asked waits for the copy
     */
    public record Means(
            GitConfig git, ReviewCopiesConfig config, Path directory, InstantSource steady, Duration patience) {
        public Means(GitConfig git, ReviewCopiesConfig config, Path directory, InstantSource steady) {
            this(git, config, directory, steady, PATIENCE);
        }
    }

    private ReviewCopies(Bus bus, Vertx vertx, Means means, Folder folder) {
        this.bus = bus;
        this.clones = new Clones(means.git, means.steady);
        this.bench = new Bench(vertx, means.steady);
        this.shed = new Shed(folder);
        this.copiesMax = means.config.copiesMax();
        this.patience = means.patience;
    }

    /** Those of an earlier life are there again. */
    public static Future<ReviewCopies> open(Bus bus, Vertx vertx, Means means) {
        return vertx.executeBlocking(() -> Folder.at(means.directory), false)
                .map(folder -> new ReviewCopies(bus, vertx, means, folder))
                .onSuccess(ReviewCopies::tidy);
    }

    /**
     * A copy of what a repository has now, which is kept until the root is let go of and all runs with it have ended.
     * Several who ask for the same at once share it.
     *
     * @return fails with BUSY {@code review_copying} when it takes a while, and who asks again then waits on; with
     *     LIMITED {@code too_many_copies}; and as {@link Clones#allowed} and {@link Clones#bring} do
     */
    public Future<Copied> take(String url, String ref) {
        return bench.look(() -> clones.allowed(url, ref)).compose(this::awaited);
    }

    private Future<Copied> awaited(Source source) {
        var known = all.get(source);
        var making = known == null ? begin(source) : known;
        making.waiting++;
        return making.work.timeout(patience.toMillis(), TimeUnit.MILLISECONDS).transform(answer -> {
            making.waiting--;
            if (!making.work.isComplete()) {
                return Future.failedFuture(copying(source, making));
            }
            making.work.onSuccess(copied -> shed.hold(copied.root()));
            forget(source, making); // who asks from now on wants what is there then
            return making.work;
        });
    }

    private void forget(Source source, Making making) {
        if (all.remove(source, making) && making.work.succeeded()) {
            shed.letGo(making.work.result().root());
        }
    }

    private static Problem copying(Source source, Making making) {
        return Problem.busy(
                "review_copying", "%s is being copied, %s; ask again".formatted(source.url(), making.progress()));
    }

    public void letGo(Path root) {
        shed.letGo(root);
    }

    private Making begin(Source source) {
        var making = new Making(shed.partial());
        all.put(source, making);
        making.work = room().compose(free -> bench.copy(() -> {
                    var watch = making.begins(clones.watch(making.partial));
                    return shed.put(making.partial, clones.bring(source, making.partial, watch));
                }))
                .compose(put -> {
                    making.isPut = true;
                    return put.isNew() ? fits(put.copied()) : Future.succeededFuture(put.copied());
                })
                .recover(cause ->
                        blocking(() -> shed.discard(making.partial)).transform(done -> Future.failedFuture(cause)))
                .onComplete(done -> making.endMillis = bench.millis());
        return making;
    }

    /** Deletes half copies of an earlier life, and what could not be deleted before. */
    private Future<?> tidy() {
        Set<Path> now = all.values().stream()
                .filter(making -> !making.work.isComplete())
                .map(making -> making.partial)
                .collect(Collectors.toSet());
        return blocking(() -> shed.tidy(now));
    }

    private interface Work {
        void run() throws Exception;
    }

    private Future<?> blocking(Work work) {
        return bench.look(() -> {
                    work.run();
                    return true;
                })
                .onFailure(cause -> log.warn("copies that nobody needs are kept for now: {}", cause.toString()));
    }

    /**
     * Makes sure that one more may be made, which is among those that are being made already. It is one more than may
     * stay: which commit it is of is known when it is there, and it may be one that is there already.
     */
    private Future<?> room() {
        return whole().compose(copies -> hasRoom(copies) ? Future.succeededFuture() : roomMade());
    }

    private Future<?> roomMade() {
        return sweep(Math.max(0, copiesMax + 1 - making()))
                .compose(done -> whole())
                .compose(left -> hasRoom(left) ? Future.succeededFuture() : Future.failedFuture(full()));
    }

    /** Lets another one go for a new one that is there and held, which itself goes when all others are needed. */
    private Future<Copied> fits(Copied copied) {
        return whole().compose(copies -> copies.size() <= copiesMax ? Future.succeededFuture(copies) : swept())
                .compose(left -> left.size() <= copiesMax ? Future.succeededFuture() : Future.failedFuture(full()))
                .recover(cause -> {
                    shed.letGo(copied.root());
                    return cleared(List.of(copied.root()), shed.now()).transform(done -> Future.failedFuture(cause));
                })
                .map(done -> copied);
    }

    private Future<List<Path>> swept() {
        return sweep(copiesMax).compose(done -> whole());
    }

    private Future<List<Path>> whole() {
        return bench.look(shed::whole);
    }

    private boolean hasRoom(List<Path> copies) {
        return copies.size() + making() <= copiesMax + 1;
    }

    /** How many are not among the whole ones yet. */
    private int making() {
        return (int) all.values().stream()
                .filter(making -> !making.isPut && !making.work.isComplete())
                .count();
    }

    private Problem full() {
        var message =
                "this node keeps at most %d repositories for reviews, and all that are there are needed; ask again"
                        .formatted(copiesMax);
        return new Problem(Kind.LIMITED, "too_many_copies", message, List.of());
    }

    /** To be called now and then; completes when that is done. */
    public Future<?> look() {
        long now = bench.millis();
        Map.copyOf(all).forEach((source, making) -> {
            boolean isOver = making.work.isComplete() && now - making.endMillis > ASKED_AGAIN.toMillis();
            if (isOver && making.waiting == 0) {
                forget(source, making);
            }
        });
        return tidy().compose(done -> whole())
                .compose(copies -> isQuiet(copies) ? Future.succeededFuture() : sweep(copiesMax))
                .onFailure(cause -> log.debug("which copies are needed is not known now: {}", cause.getMessage()));
    }

    /** Whether who needs which copy cannot matter: to say so costs the leader much. */
    private boolean isQuiet(List<Path> copies) {
        return copies.size() <= copiesMax && shed.now() == swept;
    }

    /** Deletes those that no run has, and past a number those whose runs have ended. */
    private Future<?> sweep(int keep) {
        long asked = shed.now();
        return whole().compose(copies -> copies.isEmpty()
                        ? Future.succeededFuture()
                        : runs(0, new ArrayList<>()).compose(runs -> cleared(superfluous(copies, runs, keep), asked)))
                .onSuccess(done -> swept = asked);
    }

    /** What somebody holds is no candidate, but one of those that are there. */
    private List<Path> superfluous(List<Path> copies, List<View> runs, int keep) {
        var free = copies.stream().filter(copy -> !shed.isHeld(copy)).toList();
        return new Needs(runs).superfluous(free, Math.max(0, keep - (copies.size() - free.size())));
    }

    private Future<?> cleared(List<Path> superfluous, long asked) {
        return blocking(() -> {
            for (var copy : superfluous) {
                shed.clear(copy, asked);
            }
        });
    }

    /** Those of this node, from all pages. */
    private Future<List<View>> runs(int offset, List<View> found) {
        return bus.ask(Reviews.LIST, new ListAll(PAGE, offset), LEADER).compose(page -> {
            page.runs().stream()
                    .filter(run -> run.node().equals(bus.here().node()))
                    .forEach(found::add);
            int next = offset + page.runs().size();
            boolean isLast = next >= page.total() || page.runs().isEmpty();
            return isLast ? Future.succeededFuture(found) : runs(next, found);
        });
    }

    /** Half copies are deleted in the next life. */
    public void close() {
        all.values().forEach(Making::callOff);
        bench.close();
    }

    /** Of which copies runs read. */
    private static final class Needs {
        private final Set<String> running = new TreeSet<>();
        private final Map<String, Long> latest = new HashMap<>(); // when the last run of a root began

        Needs(List<View> runs) {
            for (var run : runs) {
                latest.merge(run.root(), run.createdMillis(), Math::max);
                if (run.state().equals("running")) {
                    running.add(run.root());
                }
            }
        }

        /** Those without a run, and the oldest of those that only runs that have ended read of. */
        List<Path> superfluous(List<Path> copies, int keep) {
            var gone = new ArrayList<Path>();
            var ended = new ArrayList<Path>();
            for (var copy : copies) {
                if (!latest.containsKey(copy.toString())) {
                    gone.add(copy);
                } else if (!running.contains(copy.toString())) {
                    ended.add(copy);
                }
            }
            ended.sort((one, other) -> Long.compare(began(one), began(other)));
            int surplus = copies.size() - gone.size() - keep;
            gone.addAll(ended.subList(0, Math.max(0, Math.min(surplus, ended.size()))));
            return gone;
        }

        private long began(Path copy) {
            return latest.getOrDefault(copy.toString(), 0L);
        }
    }
}
