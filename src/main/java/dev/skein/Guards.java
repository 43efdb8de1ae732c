package dev.skein;

import dev.skein.audit.AuditWriter;
import dev.skein.bus.seal.Credentials;
import dev.skein.tls.TlsFiles;
import org.jspecify.annotations.Nullable;

/** What a node opens before anything else: its audit, and what it proves itself with. */
record Guards(AuditWriter audit, Credentials credentials, Clocks clocks) implements AutoCloseable {
    static Guards open(NodeSettings settings, Clocks clocks) {
        var audit = AuditWriter.open(settings.node().dataDir(), settings.audit(), clocks.wall(), clocks.steady());
        return new Guards(audit, new Credentials(settings.cluster().joinKeys(), busTls(settings, audit)), clocks);
    }

    private static @Nullable TlsFiles busTls(NodeSettings settings, AuditWriter audit) {
        return settings.cluster().enabled() && settings.busTls().isOn()
                ? TlsFiles.open(settings.busTls(), "bus", audit)
                : null;
    }

    @Override
    public void close() {
        var tls = credentials.tls();
        if (tls != null) {
            tls.close();
        }
        audit.close();
    }
}
