package dev.skein.review.engine.model.wire;

import dev.skein.kernel.Problem;
import dev.skein.review.engine.model.ModelProblem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * A host that failed is left alone for 30 s, and twice as long with each failure more, up to 300 s; while others are
 * well they do its work. When none is well, the one that has waited longest is tried, for nobody else could tell that
 * it is back. Among those that are well the one with the least to do is taken, so that a slow host gets less.
 */
/** Servers of the same model, and places at them. Thread-safe; futures complete outside of its lock. */
final class Hosts {
    static final Duration BACK_OFF = Duration.ofSeconds(30);
    static final Duration BACK_OFF_MAX = Duration.ofSeconds(300);
    private static final int WAITING_MAX = 10_000;

    private final List<Host> hosts;
    private final int perHost;
    private final InstantSource clock;
    private final Deque<Promise<Place>> waiting = new ArrayDeque<>(); // guarded by this

    Hosts(List<String> urls, int perHost, InstantSource clock) {
        this.hosts = urls.stream().map(Host::new).toList();
        this.perHost = perHost;
        this.clock = clock;
    }

    /** Guarded by the hosts it is one of. */
    private static final class Host {
        private final String url;
        private int running;
        private Duration backOff = Duration.ZERO;
        private Instant wellAgain = Instant.MIN;

        Host(String url) {
            this.url = url;
        }
    }

    /** The right to send one request to a host, until it is released. */
    final class Place {
        private final Host host;
        private boolean isReleased; // guarded by the hosts

        private Place(Host host) {
            this.host = host;
        }

        String url() {
            return host.url;
        }

        /** Gives it back, with what went wrong; a second time does nothing. */
        void release(@Nullable Problem problem) {
            serve(giveBack(this, problem));
        }
    }

    private record Served(Promise<Place> promise, Place place) {}

    private static void serve(@Nullable Served served) {
        if (served != null) {
            served.promise.complete(served.place);
        }
    }

    /** A place as soon as one is free, in the order of asking; fails when it is no longer wanted. */
    Future<Place> place(Future<String> stopped) {
        Promise<Place> promise = Promise.promise();
        Place free;
        synchronized (this) {
            free = waiting.isEmpty() ? take() : null;
            if (free == null && waiting.size() >= WAITING_MAX) {
                return Future.failedFuture(ModelProblem.busy("too many requests wait for a model"));
            }
            if (free == null) {
                waiting.add(promise);
            }
        }
        if (free != null) {
            return Future.succeededFuture(free);
        }
        stopped.onSuccess(why -> leave(promise, why));
        return promise.future();
    }

    private void leave(Promise<Place> promise, String why) {
        boolean isLeft;
        synchronized (this) {
            isLeft = waiting.remove(promise);
        }
        if (isLeft) {
            promise.fail(ModelProblem.stopped(why));
        }
    }

    private @Nullable Place take() {
        var now = clock.instant();
        boolean isAnyWell = hosts.stream().anyMatch(host -> !host.wellAgain.isAfter(now));
        var chosen = hosts.stream()
                .filter(host -> host.running < perHost)
                .filter(host -> !isAnyWell || !host.wellAgain.isAfter(now))
                .min(Comparator.<Host, Instant>comparing(host -> isAnyWell ? Instant.MIN : host.wellAgain)
                        .thenComparingInt(host -> host.running));
        chosen.ifPresent(host -> host.running++);
        return chosen.map(Place::new).orElse(null);
    }

    private synchronized @Nullable Served giveBack(Place place, @Nullable Problem problem) {
        if (place.isReleased) {
            return null;
        }
        place.isReleased = true;
        var host = place.host;
        host.running--;
        if (problem == null) {
            host.backOff = Duration.ZERO;
            host.wellAgain = Instant.MIN;
        } else if (ModelProblem.isIllness(problem)) {
            var longer = host.backOff.isZero() ? BACK_OFF : host.backOff.multipliedBy(2);
            host.backOff = longer.compareTo(BACK_OFF_MAX) > 0 ? BACK_OFF_MAX : longer;
            host.wellAgain = clock.instant().plus(host.backOff);
        }
        var free = waiting.isEmpty() ? null : take();
        return free == null ? null : new Served(waiting.remove(), free);
    }

    synchronized int running() {
        return hosts.stream().mapToInt(host -> host.running).sum();
    }

    List<String> urls() {
        return hosts.stream().map(host -> host.url).toList();
    }
}
