package dev.skein.tls;

import dev.skein.tls.Authority.Validity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Authorities and certificates for tests, in a folder of their own. */
public record Certificates(Path folder, Authority authority) {
    private static final Instant NOW = Instant.now();
    private static final Duration LIFE = Duration.ofDays(1);

    public static Certificates in(Path folder) {
        return new Certificates(folder, Authority.create(folder, "Test CA " + folder.getFileName(), NOW, LIFE));
    }

    /** A certificate that is good today. */
    public Certificates issue(String node) {
        authority.issue(folder, node, List.of(node, "localhost", "127.0.0.1"), Validity.of(NOW, LIFE));
        return this;
    }

    /** A certificate that was good yesterday. */
    public Certificates issueExpired(String node) {
        authority.issue(folder, node, List.of(node), yesterday());
        return this;
    }

    public static Validity yesterday() {
        return new Validity(NOW.minus(LIFE.multipliedBy(2)), NOW.minus(LIFE));
    }

    public TlsConfig config(String node) {
        return new TlsConfig(file(node + ".pem"), file(node + ".key"), file("ca.pem"), Duration.ofMillis(50));
    }

    /** Both ends of connections of the JDK's own. */
    public SSLContext context(String node) throws IOException, GeneralSecurityException {
        var chain = Pem.certificates(file(node + ".pem")).toArray(new Certificate[0]);
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("node", Pem.key(file(node + ".key")), new char[0], chain);
        store.setCertificateEntry("ca", authority.certificate());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    public Path file(String name) {
        return folder.resolve(name);
    }
}
