package dev.skein.tls;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where one listener's certificate is. Built once at start; the files are read again whenever they change.
 *
 * @param cert PEM file with this node's certificate, then those between it and the authority's ({@code <prefix>.cert},
 *     none by default, which means no TLS)
 * @param key PEM file with its private key, PKCS #8, mode 0600 ({@code <prefix>.key})
 * @param ca PEM file with the authorities whose certificates are believed ({@code <prefix>.ca})
 * @param reloadInterval how often the files are looked at ({@code <prefix>.reload-interval}, default 10s)
 */
public record TlsConfig(
        @Nullable Path cert, @Nullable Path key, @Nullable Path ca, Duration reloadInterval) {
    public static final TlsConfig OFF = new TlsConfig(null, null, null, Duration.ofSeconds(10));

    public TlsConfig {
        Check.positive("tls.reload-interval", reloadInterval);
    }

    /** What members of a cluster need: each shows a certificate to the other. */
    public static TlsConfig mutual(Settings settings, String prefix) {
        return settings.build(OFF, () -> read(settings, prefix, true));
    }

    /** What a server needs that anybody may call. */
    public static TlsConfig server(Settings settings, String prefix) {
        return settings.build(OFF, () -> read(settings, prefix, false));
    }

    private static TlsConfig read(Settings settings, String prefix, boolean isMutual) {
        var made = new TlsConfig(
                path(settings, prefix + ".cert"),
                path(settings, prefix + ".key"),
                isMutual ? path(settings, prefix + ".ca") : null,
                settings.duration(prefix + ".reload-interval", OFF.reloadInterval));
        boolean isWhole = made.cert != null && made.key != null && (!isMutual || made.ca != null);
        boolean isEmpty = made.cert == null && made.key == null && made.ca == null;
        if (!isWhole && !isEmpty) {
            throw new IllegalArgumentException("%s.cert, %s.key%s belong together; give all of them or none"
                    .formatted(prefix, prefix, isMutual ? ", " + prefix + ".ca" : ""));
        }
        return made;
    }

    private static @Nullable Path path(Settings settings, String key) {
        var text = settings.optional(key);
        return text == null ? null : Path.of(text);
    }

    public boolean isOn() {
        return cert != null;
    }
}
