package dev.skein.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * A certificate with its private key: what a node shows and what it proves it with.
 *
 * @param chain this node's own certificate first
 */
public record Identity(List<X509Certificate> chain, PrivateKey key) {
    public Identity {
        chain = List.copyOf(chain);
    }

    static Identity read(Path cert, Path keyFile) throws IOException {
        var identity = new Identity(Pem.certificates(cert), Pem.key(keyFile));
        var probe = new byte[] {1};
        if (!verifies(identity.certificate().getPublicKey(), probe, identity.sign(probe))) {
            throw new IOException(keyFile + " is not the key of " + cert);
        }
        return identity;
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    /** The proof that this identity's key has seen the text. */
    public byte[] sign(byte[] text) {
        try {
            var signer = Signature.getInstance(algorithm(key.getAlgorithm()));
            signer.initSign(key);
            signer.update(text);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with a key of " + key.getAlgorithm(), e);
        }
    }

    /** Whether the proof was made over the text by whoever has this certificate's key. */
    public static boolean isSigned(X509Certificate certificate, byte[] text, byte[] proof) {
        return verifies(certificate.getPublicKey(), text, proof);
    }

    private static boolean verifies(PublicKey key, byte[] text, byte[] proof) {
        try {
            var verifier = Signature.getInstance(algorithm(key.getAlgorithm()));
            verifier.initVerify(key);
            verifier.update(text);
            return verifier.verify(proof);
        } catch (GeneralSecurityException e) {
            return false; // a proof of the wrong shape
        }
    }

    private static String algorithm(String keyType) {
        return switch (keyType) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "Ed25519";
        };
    }

    /** The common name of a certificate's subject, which for a node is the node's id; empty when it has none. */
    public static String nameOf(X509Certificate certificate) {
        try {
            for (var part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
        } catch (InvalidNameException e) {
            return "";
        }
        return "";
    }

    @Override
    public String toString() {
        return "Identity[" + nameOf(certificate()) + "]"; // never the key
    }
}
