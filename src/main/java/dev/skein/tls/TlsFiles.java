package dev.skein.tls;

import dev.skein.audit.Audit;
import dev.skein.audit.Deed;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate, key and authorities of one listener, as they are in the files now. Connections that are open keep
 * what they began with. Thread-safe.
 */
public final class TlsFiles implements AutoCloseable {
    /** The only version spoken between nodes. */
    public static final Set<String> TLS_1_3 = Set.of("TLSv1.3");

    private static final Logger log = LoggerFactory.getLogger(TlsFiles.class);

    private final TlsConfig config;
    private final String what;
    private final Audit audit;
    private final ScheduledThreadPoolExecutor watch;
    private volatile Loaded loaded;

    private record Loaded(Identity identity, @Nullable X509ExtendedTrustManager trust, List<FileTime> times) {}

    private TlsFiles(TlsConfig config, String what, Audit audit) throws IOException {
        this.config = config;
        this.what = what;
        this.audit = audit;
        this.loaded = load();
        this.watch = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "tls-" + what);
            thread.setDaemon(true);
            return thread;
        });
        long millis = config.reloadInterval().toMillis();
        watch.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Reads the files and watches them.
     *
     * @param what the listener's name, for the log and the audit
     * @throws Problem when they cannot be used, with the reason
     */
    public static TlsFiles open(TlsConfig config, String what, Audit audit) {
        try {
            return new TlsFiles(config, what, audit);
        } catch (IOException e) {
            throw new Problem(Kind.INVALID, "TLS of " + what + ": " + e.getMessage());
        }
    }

    private Loaded load() throws IOException {
        var times = times();
        var identity = Identity.read(required(config.cert()), required(config.key()));
        var ca = config.ca();
        return new Loaded(identity, ca == null ? null : LiveTrust.of(Pem.certificates(ca)), times);
    }

    private static Path required(@Nullable Path file) {
        return Objects.requireNonNull(file, "TLS is off");
    }

    private List<FileTime> times() throws IOException {
        var times = new ArrayList<FileTime>();
        for (var file : new Path[] {config.cert(), config.key(), config.ca()}) {
            times.add(file == null ? FileTime.fromMillis(0) : Files.getLastModifiedTime(file));
        }
        return times;
    }

    /** Files that are being replaced may not fit together for a moment; then what was read before stays in force. */
    private void look() {
        try {
            if (times().equals(loaded.times)) {
                return;
            }
            loaded = load();
            var certificate = loaded.identity.certificate();
            log.info("{} uses the certificate that ends {}", what, certificate.getNotAfter());
            audit.note(new Deed(
                    "node",
                    "system",
                    "tls.reload",
                    what,
                    "ok, serial " + certificate.getSerialNumber().toString(16),
                    "",
                    "",
                    ""));
        } catch (IOException | RuntimeException e) {
            log.error("{} keeps its certificate, since the files cannot be used: {}", what, e.getMessage());
        }
    }

    public TlsConfig config() {
        return config;
    }

    /** What this node is, as of now. */
    public Identity identity() {
        return loaded.identity;
    }

    /** Who is believed, as of now; fails where no authority was given. */
    public X509ExtendedTrustManager trust() {
        return Objects.requireNonNull(loaded.trust, "no authority was given");
    }

    public KeyCertOptions keys() {
        return KeyCertOptions.wrap(new LiveKeys(() -> loaded.identity));
    }

    public TrustOptions trustOptions() {
        return TrustOptions.wrap(new LiveTrust(this::trust, audit));
    }

    /** BoringSSL where it can be loaded, which costs less than half of what Java's own does. */
    public static SSLEngineOptions engine() {
        return OpenSSLEngineOptions.isAvailable() ? new OpenSSLEngineOptions() : new JdkSSLEngineOptions();
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
