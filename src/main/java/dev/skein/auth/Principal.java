package dev.skein.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose credential was checked.
 *
 * @param subject name of the key or subject of the token, for the audit
 * @param tokenId of the token, null when another proof was given
 * @param expiry when the token ends by the wall clock, null when another proof was given
 */
public record Principal(
        String subject,
        Role role,
        Proof proof,
        @Nullable String tokenId,
        @Nullable Instant expiry) {
    /** What made us believe it. */
    public enum Proof {
        KEY,
        TOKEN,
        /** A token that lets its bearer send jobs to this one node, and nothing else. */
        WORK,
        /** Nothing but a connection from this machine, where no keys are configured. */
        LOOPBACK
    }

    static final Principal LOOPBACK = new Principal("loopback", Role.ADMIN, Proof.LOOPBACK, null, null);

    static Principal ofKey(String name, Role role) {
        return new Principal(name, role, Proof.KEY, null, null);
    }

    /** Whether a key or a token was shown, and its role includes {@code needed}. */
    public boolean hasShown(Role needed) {
        return proof != Proof.LOOPBACK && role.includes(needed);
    }
}
