package dev.skein.coordinator.remote;

import dev.skein.auth.Role;
import dev.skein.auth.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** A token of this node for workers over HTTP, made anew in time. Thread-safe. */
public final class RemoteToken implements Supplier<String> {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration LEFT = Duration.ofMinutes(2);

    private final Tokens tokens;
    private final String subject;
    private final InstantSource wall;
    private String token = ""; // guarded by this, as is the next
    private Instant until = Instant.EPOCH;

    /** @param node its name; workers see who asks */
    public RemoteToken(Tokens tokens, String node, InstantSource wall) {
        this.tokens = tokens;
        this.subject = "coordinator:" + node;
        this.wall = wall;
    }

    @Override
    public synchronized String get() {
        if (!wall.instant().isBefore(until.minus(LEFT))) {
            var issued = tokens.issue(subject, Role.OPERATOR, LIFE);
            token = issued.token();
            until = issued.expiry();
        }
        return token;
    }
}
