package dev.skein.job.mcp.pool;

import dev.skein.job.mcp.McpCall;
import dev.skein.job.mcp.McpClient;
import dev.skein.job.mcp.McpFailure;
import dev.skein.job.mcp.McpLimits;
import dev.skein.job.mcp.McpResult;
import dev.skein.job.mcp.McpRunning;
import dev.skein.job.mcp.McpTool;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connections to one server. */
public final class McpPool {
    private static final int LOOK_MILLIS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final String name;
    private final Connections connections;
    private final PoolConfig config;
    private final McpLimits limits;
    private final InstantSource clock;
    private final BackOff backOff = new BackOff(Math::random);
    private final Counters counters = new Counters();
    private final List<Member> members = new ArrayList<>();
    private final ArrayDeque<Promise<Member>> waiting = new ArrayDeque<>();
    private String lastFailure = "";
    private boolean closed;
    private boolean retryPending;
    private long lookTimer;

    /** A pool on a context of its own; {@link #open} starts what it keeps. */
    public McpPool(Vertx vertx, String name, Connections connections, PoolSettings settings) {
        this.vertx = vertx;
        context = vertx.getOrCreateContext();
        this.name = name;
        this.connections = connections;
        config = settings.pool;
        limits = settings.limits;
        clock = settings.clock;
    }

    /** How a pool behaves. */
    public record PoolSettings(PoolConfig pool, McpLimits limits, InstantSource clock) {}

    public Future<Void> open() {
        return here(() -> {
            lookTimer = vertx.setPeriodic(LOOK_MILLIS, timer -> look());
            fill();
            return Future.succeededFuture();
        });
    }

    /**
     * Calls a tool on some connection.
     *
     * @param call made of the tools that the connection's server has; may fail with a {@link Problem}
     * @param patience longest wait for a connection
     */
    public McpRunning call(Function<List<McpTool>, McpCall> call, Duration patience) {
        var stop = new AtomicReference<String>(); // the reason of a cancellation that came before the call was sent
        var running = new AtomicReference<McpRunning>();
        var turn = Promise.<Member>promise();
        var result = here(() -> {
            acquire(turn, patience);
            return turn.future()
                    .compose(member -> member.client
                            .tools()
                            .compose(tools -> begin(member, call.apply(tools), running, stop))
                            .onComplete(done -> released(member, done.failed() ? done.cause() : null)));
        });
        return new McpRunning(
                result,
                reason -> context.runOnContext(now -> {
                    stop.set(reason);
                    var sent = running.get();
                    if (waiting.remove(turn)) {
                        turn.fail(McpFailure.cancelled(reason));
                    } else if (sent != null) {
                        sent.cancel(reason);
                    }
                }));
    }

    private Future<McpResult> begin(
            Member member, McpCall call, AtomicReference<McpRunning> running, AtomicReference<String> stop) {
        var since = clock.instant();
        if (stop.get() != null) {
            return Future.failedFuture(McpFailure.cancelled(stop.get()));
        }
        var sent = member.client.call(call);
        running.set(sent);
        return sent.result().onSuccess(answer -> {
            backOff.worked();
            counters.answered(Duration.between(since, clock.instant()));
        });
    }

    /** The tools of the server. */
    public Future<List<McpTool>> tools(Duration patience) {
        var turn = Promise.<Member>promise();
        return here(() -> {
            acquire(turn, patience);
            return turn.future()
                    .compose(member -> member.client
                            .tools()
                            .onComplete(done -> released(member, done.failed() ? done.cause() : null)));
        });
    }

    public Future<PoolStats> stats() {
        return here(() -> Future.succeededFuture(new PoolStats(
                name,
                state(),
                lastFailure,
                members.size(),
                members.stream().mapToInt(member -> member.inFlight).sum(),
                waiting.size(),
                counters.starts,
                counters.restarts,
                counters.exits,
                counters.calls,
                counters.errors,
                counters.median(),
                counters.p95(),
                members.stream().mapToLong(member -> member.residentBytes).sum())));
    }

    /** Ends every connection; calls under way fail. */
    public Future<Void> close() {
        return here(() -> {
            closed = true;
            vertx.cancelTimer(lookTimer);
            refuseWaiting(McpFailure.gone("the node is stopping", List.of()));
            return Future.join(List.copyOf(members).stream()
                            .map(member -> stop(member, "closed"))
                            .toList())
                    .mapEmpty();
        });
    }

    private <T> Future<T> here(Supplier<Future<T>> work) {
        var promise = Promise.<T>promise();
        context.runOnContext(
                now -> Future.succeededFuture().compose(none -> work.get()).onComplete(promise));
        return promise.future();
    }

    private String state() {
        var now = clock.instant();
        if (backOff.isBroken(now)) {
            return "broken";
        }
        if (members.stream().anyMatch(member -> member.state == Member.State.READY)) {
            return "ready";
        }
        if (!members.isEmpty()) {
            return "starting";
        }
        return backOff.wait(now).isZero() ? "idle" : "waiting";
    }

    /** Completes the turn with a connection now or later, or fails it. */
    private void acquire(Promise<Member> turn, Duration patience) {
        var free = free();
        if (closed) {
            turn.fail(McpFailure.gone("the node is stopping", List.of()));
        } else if (backOff.isBroken(clock.instant())) {
            turn.fail(broken());
        } else if (free != null) {
            free.begun();
            turn.complete(free);
        } else if (waiting.size() >= config.queueMax() + coming()) {
            turn.fail(Problem.busy(McpFailure.QUEUE_FULL, waiting.size() + " calls wait for the server " + name));
        } else {
            queue(turn, patience);
        }
    }

    /** How many waiting calls the connections will take that are being started or may be. */
    private int coming() {
        long busy = members.stream()
                .filter(member -> member.state != Member.State.STARTING)
                .count();
        return (int) Math.max(0, config.max() - busy) * config.callsAtOnce();
    }

    private void queue(Promise<Member> turn, Duration patience) {
        waiting.add(turn);
        long timer = vertx.setTimer(patience.toMillis(), late -> {
            waiting.remove(turn);
            turn.tryFail(Problem.busy(McpFailure.QUEUE_FULL, "no connection to the server " + name + " became free"));
        });
        turn.future().onComplete(done -> vertx.cancelTimer(timer));
        fill();
    }

    private @Nullable Member free() {
        return members.stream()
                .filter(member -> member.state == Member.State.READY
                        && member.inFlight < config.callsAtOnce()
                        && member.calls < config.callsMax()
                        && member.client.isClean())
                .min((a, b) -> Integer.compare(a.inFlight, b.inFlight))
                .orElse(null);
    }

    private void released(Member member, @Nullable Throwable failure) {
        member.done(clock.instant());
        counters.calls++;
        if (failure != null) {
            counters.failed(failure);
        }
        if (member.inFlight == 0 && member.calls >= config.callsMax()) {
            stop(member, "recycled");
        }
        serve();
    }

    /** Gives waiting calls to free connections, and starts connections for the rest. */
    private void serve() {
        for (var free = free(); free != null && !waiting.isEmpty(); free = free()) {
            free.begun();
            waiting.remove().complete(free);
        }
        fill();
    }

    private void fill() {
        long starting = members.stream()
                .filter(member -> member.state == Member.State.STARTING)
                .count();
        long open = members.stream()
                .filter(member -> member.state != Member.State.STOPPING)
                .count();
        long needed = (waiting.size() + config.callsAtOnce() - 1L) / config.callsAtOnce();
        boolean wanted = open < config.min() || starting < needed && open < config.max();
        if (closed || !wanted) {
            return;
        }
        var pause = backOff.wait(clock.instant());
        if (pause.isZero()) {
            start();
            fill();
        } else if (!retryPending) {
            retryPending = true;
            vertx.setTimer(pause.toMillis() + 1, timer -> {
                retryPending = false;
                fill();
            });
        }
    }

    private void start() {
        counters.starts++;
        counters.restarts += backOff.hasLost() ? 1 : 0;
        var transport = connections.connect();
        var member = new Member(transport, new McpClient(vertx, transport, limits, clock), clock.instant());
        members.add(member);
        member.client.open().onComplete(opened -> {
            if (opened.failed()) {
                member.cause = "start-failed";
                ended(member, opened.cause());
            } else if (member.state == Member.State.STARTING) {
                member.state = Member.State.READY;
                member.idleSince = clock.instant();
                member.client.end().onSuccess(why -> lost(member, why));
                serve();
            }
        });
    }

    private void lost(Member member, Throwable why) {
        if (member.state != Member.State.STOPPING) { // else it counts until its process has ended
            ended(member, why);
        }
    }

    private void ended(Member member, Throwable why) {
        if (!members.remove(member)) {
            return;
        }
        counters.ended(member.cause);
        if (member.state != Member.State.STOPPING) {
            var problem = Problem.in(why);
            lastFailure = problem == null ? "internal failure" : problem.sentence();
            backOff.lost(clock.instant());
            member.client.close();
        }
        if (backOff.isBroken(clock.instant())) {
            refuseWaiting(broken());
        }
        fill();
    }

    private Problem broken() {
        return new Problem(
                Kind.UNREACHABLE,
                McpFailure.BROKEN,
                "the server %s failed %d times in a row, last: %s".formatted(name, BackOff.BREAKS_AT, lastFailure),
                List.of());
    }

    private void refuseWaiting(Problem why) {
        for (var turn = waiting.poll(); turn != null; turn = waiting.poll()) {
            turn.tryFail(why);
        }
    }

    private Future<Void> stop(Member member, String cause) {
        member.state = Member.State.STOPPING;
        member.cause = cause;
        return member.client.close().transform(done -> {
            ended(member, McpFailure.gone("the connection was closed", List.of()));
            return done.failed() ? Future.failedFuture(done.cause()) : Future.succeededFuture();
        });
    }

    private void look() {
        var idle = clock.instant().minus(config.idleExit());
        int spare = members.size() - config.min();
        for (var member : List.copyOf(members)) {
            if (member.state != Member.State.READY || member.inFlight > 0) {
                continue;
            }
            if (!member.client.isClean()) {
                stop(member, "spoilt");
            } else if (spare > 0 && member.idleSince.isBefore(idle)) {
                spare--;
                stop(member, "idle");
            }
        }
        members.forEach(this::weigh);
        fill();
    }

    private void weigh(Member member) {
        long process = connections.process(member.transport);
        if (process == 0) {
            return;
        }
        vertx.executeBlocking(() -> ResidentMemory.of(process), false)
                .timeout(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                .onSuccess(bytes -> {
                    member.residentBytes = bytes;
                    if (bytes > config.memoryMax() && member.state == Member.State.READY) {
                        member.cause = "memory";
                        connections.kill(
                                member.transport,
                                McpFailure.gone(
                                        "the server %s held %d bytes and was ended; its limit is %d"
                                                .formatted(name, bytes, config.memoryMax()),
                                        List.of()));
                    }
                });
    }
}
