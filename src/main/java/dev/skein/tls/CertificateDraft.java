package dev.skein.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A certificate before it is signed.
 *
 * @param issuerKey the public key that proves it
 * @param names what a peer may call the subject by: DNS names and IP addresses; empty for an authority
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280">RFC 5280, certificate profile</a>
 */
record CertificateDraft(
        String issuer,
        String subject,
        PublicKey key,
        PublicKey issuerKey,
        Instant from,
        Instant until,
        List<String> names) {
    private static final byte[] ECDSA_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
    private static final int SERIAL_BITS = 127;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final SecureRandom RANDOM = new SecureRandom();

    CertificateDraft {
        names = List.copyOf(names);
    }

    private boolean isAuthority() {
        return names.isEmpty();
    }

    /** The certificate, proved with the issuer's EC key. */
    X509Certificate sign(PrivateKey issuerPrivate) throws GeneralSecurityException {
        var body = body();
        var signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(issuerPrivate);
        signer.update(body);
        var whole = Der.sequence(body, ECDSA_SHA256, Der.bits(0, signer.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private byte[] body() throws GeneralSecurityException {
        return Der.sequence(
                Der.context(0xa0, 0, Der.integer(BigInteger.TWO)), // version 3
                Der.integer(new BigInteger(SERIAL_BITS, RANDOM).setBit(0)),
                ECDSA_SHA256,
                name(issuer),
                Der.sequence(Der.time(from), Der.time(until)),
                name(subject),
                key.getEncoded(),
                Der.context(0xa0, 3, Der.sequence(extensions().toArray(byte[][]::new))));
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(commonName))));
    }

    private List<byte[]> extensions() throws GeneralSecurityException {
        var all = new ArrayList<byte[]>();
        all.add(critical(
                "2.5.29.19", isAuthority() ? Der.sequence(Der.isTrue(), noFurtherAuthority()) : Der.sequence()));
        // certificates and revocation lists for an authority, signatures for a node
        all.add(critical(
                "2.5.29.15", isAuthority() ? Der.bits(1, new byte[] {0x06}) : Der.bits(7, new byte[] {(byte) 0x80})));
        all.add(extension("2.5.29.14", Der.octets(keyId(key))));
        all.add(extension("2.5.29.35", Der.sequence(Der.context(0x80, 0, keyId(issuerKey)))));
        if (!isAuthority()) {
            all.add(extension("2.5.29.37", Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"), Der.oid("1.3.6.1.5.5.7.3.2"))));
            all.add(extension("2.5.29.17", Der.sequence(alternatives().toArray(byte[][]::new))));
        }
        return all;
    }

    private static byte[] noFurtherAuthority() {
        return Der.integer(BigInteger.ZERO);
    }

    private Stream<byte[]> alternatives() {
        return names.stream()
                .map(each -> ADDRESS.matcher(each).matches()
                        ? Der.context(0x80, IP_ADDRESS, address(each))
                        : Der.context(0x80, DNS_NAME, each.getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] address(String text) {
        try {
            return InetAddress.getByName(text).getAddress(); // digits and colons are never looked up
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + " is no IP address", e);
        }
    }

    private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(key.getEncoded()); // a name, not a proof
    }

    private static byte[] extension(String oid, byte[] content) {
        return Der.sequence(Der.oid(oid), Der.octets(content));
    }

    private static byte[] critical(String oid, byte[] content) {
        return Der.sequence(Der.oid(oid), Der.isTrue(), Der.octets(content));
    }
}
