package dev.skein.tls;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The one who says which certificates belong to a cluster: {@code ca.pem} and {@code ca.key} in a folder. The key is
 * only needed to make certificates, so it should be kept away from the nodes.
 */
public final class Authority {
    /** The certificate that every node needs. */
    public static final String CERTIFICATE = "ca.pem";

    private static final String KEY = "ca.key";
    private static final String SECRET = "rw-------";
    private static final String PUBLIC = "rw-r--r--";
    private static final Duration BEFORE = Duration.ofMinutes(5); // clocks differ

    private final X509Certificate certificate;
    private final PrivateKey key;

    private Authority(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** Whether a folder holds an authority, or a part of one. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(CERTIFICATE)) || Files.exists(folder.resolve(KEY));
    }

    /**
     * Makes an authority and its two files.
     *
     * @throws Problem {@link Kind#CONFLICT} when one of them is there already
     */
    public static Authority create(Path folder, String name, Instant now, Duration life) {
        var pair = newPair();
        try {
            var draft = new CertificateDraft(
                    name, name, pair.getPublic(), pair.getPublic(), start(now), end(now, life), List.of());
            var made = new Authority(draft.sign(pair.getPrivate()), pair.getPrivate());
            refuseToOverwrite(folder, CERTIFICATE, KEY);
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Pem.write(folder.resolve(KEY), Pem.text(made.key), SECRET);
            Pem.write(folder.resolve(CERTIFICATE), Pem.text(List.of(made.certificate)), PUBLIC);
            return made;
        } catch (IOException | GeneralSecurityException e) {
            throw failed(e);
        }
    }

    /** The authority of a folder. */
    public static Authority read(Path folder) {
        try {
            return new Authority(Pem.certificates(folder.resolve(CERTIFICATE)).get(0), Pem.key(folder.resolve(KEY)));
        } catch (IOException e) {
            throw new Problem(Kind.INVALID, "the authority in " + folder + " cannot be used: " + e.getMessage());
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Makes {@code <node>.pem} and {@code <node>.key} for one node, which may be called by any of these names. */
    public X509Certificate issue(Path folder, String node, List<String> names, Validity validity) {
        var pair = newPair();
        try {
            var issuer = certificate.getSubjectX500Principal().getName().replaceFirst("^CN=", "");
            var draft = new CertificateDraft(
                    issuer, node, pair.getPublic(), certificate.getPublicKey(), validity.from, validity.until, names);
            var made = draft.sign(key);
            refuseToOverwrite(folder, node + ".pem", node + ".key");
            Pem.write(folder.resolve(node + ".key"), Pem.text(pair.getPrivate()), SECRET);
            Pem.write(folder.resolve(node + ".pem"), Pem.text(List.of(made)), PUBLIC);
            return made;
        } catch (IOException | GeneralSecurityException e) {
            throw failed(e);
        }
    }

    /** From when until when a certificate is good. */
    public record Validity(Instant from, Instant until) {
        /** From a little before now, as clocks differ. */
        public static Validity of(Instant now, Duration life) {
            return new Validity(start(now), end(now, life));
        }
    }

    private static Instant start(Instant now) {
        return now.minus(BEFORE).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant end(Instant now, Duration life) {
        return now.plus(life).truncatedTo(ChronoUnit.SECONDS);
    }

    private static void refuseToOverwrite(Path folder, String... names) {
        for (var name : names) {
            if (Files.exists(folder.resolve(name))) {
                throw Problem.conflict(folder.resolve(name) + " is there already and is not overwritten");
            }
        }
    }

    private static KeyPair newPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 has P-256", e);
        }
    }

    private static Problem failed(Exception cause) {
        return new Problem(Kind.INTERNAL, "the certificate cannot be made: " + cause.getMessage());
    }
}
