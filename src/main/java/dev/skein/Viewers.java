package dev.skein;

import dev.skein.auth.Principal;
import dev.skein.http.guard.Gate;
import dev.skein.http.live.gate.Viewer;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Who watches, seen from who was authenticated. */
final class Viewers {
    private Viewers() {}

    static @Nullable Viewer of(RoutingContext call) {
        Principal principal = call.get(Gate.PRINCIPAL);
        return principal == null
                ? null
                : new Viewer(principal.subject(), principal.role().word(), principal.expiry());
    }
}
