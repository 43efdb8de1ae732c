package dev.skein.http.live.gate;

import dev.skein.auth.Principal;
import dev.skein.http.guard.Gate;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who watches.
 *
 * @param expiry when the right to watch ends, by the wall clock; null when it does not
 */
public record Viewer(String subject, String role, @Nullable Instant expiry) {
    /** Whoever makes this call; null when nobody has said who it is. */
    public static @Nullable Viewer of(RoutingContext call) {
        Principal principal = call.get(Gate.PRINCIPAL);
        return principal == null
                ? null
                : new Viewer(principal.subject(), principal.role().word(), principal.expiry());
    }
}
