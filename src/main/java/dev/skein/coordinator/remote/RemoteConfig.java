package dev.skein.coordinator.remote;

import dev.skein.config.Settings;
import dev.skein.connector.net.AllowList;
import dev.skein.kernel.Check;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Workers that are reached over HTTP.
 *
 * @param workers to begin with, {@code host:port:capability|capability,…} ({@code remote.workers}, default none)
 * @param allow addresses at which a worker may be: ranges, addresses, names, {@code loopback}, {@code private}, each
 *     with or without a port ({@code remote.allow}, default none, and then none is used)
 * @param poll how often each is asked for its health ({@code remote.poll}, default 30s)
 * @param slots jobs at once on each ({@code remote.slots}, default 3)
 * @param isEncrypted whether they speak HTTPS ({@code remote.tls}, default false)
 * @param ca PEM file of the authorities whose certificates they show ({@code remote.ca}, default those that the machine
 *     trusts)
 */
public record RemoteConfig(
        String workers,
        List<String> allow,
        Duration poll,
        int slots,
        boolean isEncrypted,
        @Nullable String ca) {
    private static final int SLOTS_MAX = 10_000;
    public static final RemoteConfig DEFAULTS = new RemoteConfig("", List.of(), Duration.ofSeconds(30), 3, false, null);

    public RemoteConfig {
        allow = List.copyOf(allow);
        Check.positive("remote.poll", poll);
        new AllowList(allow, "remote.allow"); // fails when an entry cannot be read
    }

    AllowList allowed() {
        return new AllowList(allow, "remote.allow");
    }

    public static RemoteConfig from(Settings settings) {
        return settings.build(
                DEFAULTS,
                () -> new RemoteConfig(
                        settings.text("remote.workers", DEFAULTS.workers),
                        settings.list("remote.allow", DEFAULTS.allow),
                        settings.duration("remote.poll", DEFAULTS.poll),
                        settings.integer("remote.slots", DEFAULTS.slots, 1, SLOTS_MAX),
                        settings.flag("remote.tls", DEFAULTS.isEncrypted),
                        settings.optional("remote.ca")));
    }
}
