package dev.skein.http.contract;

import dev.skein.auth.Role;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who may call an operation: {@code x-role} of the contract. */
public enum Access {
    OPEN,
    /** Workers that register: see the operation. */
    JOIN,
    /** Registered workers: see the operation. */
    HEARTBEAT,
    VIEWER,
    OPERATOR,
    ADMIN;

    static Access of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The least role, null when the operation itself decides who is let in. */
    public @Nullable Role role() {
        return switch (this) {
            case VIEWER -> Role.VIEWER;
            case OPERATOR -> Role.OPERATOR;
            case ADMIN -> Role.ADMIN;
            default -> null;
        };
    }
}
