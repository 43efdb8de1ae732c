package dev.skein.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM files. A file is made, never overwritten. */
public final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final List<String> KEY_TYPES = List.of("EC", "RSA", "Ed25519");
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private Pem() {}

    /** Every certificate of a file, in its order; an {@link IOException} says what is wrong. */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        try {
            return certificates(Files.readAllBytes(file));
        } catch (CertificateException e) {
            throw new IOException("no certificate can be read from " + file, e);
        }
    }

    /** Every certificate of a text, at least one. */
    public static List<X509Certificate> certificates(byte[] text) throws CertificateException {
        var found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(text));
        if (found.isEmpty()) {
            throw new CertificateException("there is none");
        }
        return found.stream().map(X509Certificate.class::cast).toList();
    }

    /** The private key of a file that nobody else can read. */
    static PrivateKey key(Path file) throws IOException {
        if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            throw new IOException(file + " can be read by others; chmod 600 it");
        }
        var match = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!match.find()) {
            throw new IOException(file + " holds no PRIVATE KEY; convert it with openssl pkcs8 -topk8 -nodes");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(match.group(1)));
        for (var type : KEY_TYPES) {
            try {
                return KeyFactory.getInstance(type).generatePrivate(spec);
            } catch (GeneralSecurityException e) {
                continue; // another type, then
            }
        }
        throw new IOException(file + " holds a key that is neither EC nor RSA nor Ed25519");
    }

    /** Certificates as one text. */
    public static String text(List<X509Certificate> certificates) {
        var text = new StringBuilder();
        certificates.forEach(each -> text.append(block("CERTIFICATE", encoded(each))));
        return text.toString();
    }

    static String text(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    private static byte[] encoded(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    private static String block(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(content) + "\n-----END " + kind + "-----\n";
    }

    /** Writes a new file of that mode, such as {@code rw-------}; fails when it is there already. */
    static void write(Path file, String text, String mode) throws IOException {
        var permissions = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
        Files.createFile(file, permissions);
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }
}
