package dev.skein.coordinator.remote;

import dev.skein.auth.Tokens;
import dev.skein.auth.Tokens.Issued;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Tokens of this node for workers over HTTP, each for one of them and made anew in time. Whoever receives one can do
 * nothing with it but send jobs to itself. Thread-safe.
 */
public final class RemoteToken implements UnaryOperator<String> {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration LEFT = Duration.ofMinutes(2);
    private static final int KEPT_MAX = 2_000; // more than there may be workers

    private final Tokens tokens;
    private final String subject;
    private final InstantSource wall;
    private final Map<String, Issued> made = new HashMap<>(); // guarded by this

    /** @param node its name; workers see who asks */
    public RemoteToken(Tokens tokens, String node, InstantSource wall) {
        this.tokens = tokens;
        this.subject = "coordinator:" + node;
        this.wall = wall;
    }

    /** The one for the worker at {@code host:port}. */
    @Override
    public synchronized String apply(String worker) {
        var known = made.get(worker);
        if (known != null && wall.instant().isBefore(known.expiry().minus(LEFT))) {
            return known.token();
        }
        if (made.size() >= KEPT_MAX) {
            made.clear();
        }
        var next = tokens.issueForWork(subject, worker, LIFE);
        made.put(worker, next);
        return next.token();
    }
}
