package dev.skein.bus.seal;

import dev.skein.bus.NodeAddress;
import dev.skein.bus.seal.Joining.Challenge;
import dev.skein.bus.seal.Joining.Proof;
import dev.skein.tls.Identity;
import dev.skein.tls.Pem;
import dev.skein.tls.TlsFiles;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node proves itself with, and what it asks of others: the join keys and, where the bus has TLS, a certificate
 * in the name of the node. Thread-safe.
 *
 * @param tls null where the bus has no TLS
 */
public record Credentials(JoinKeys keys, @Nullable TlsFiles tls) {
    /** Of a node that meets nobody but itself and programs on this machine. */
    public static final Credentials NONE = new Credentials(JoinKeys.NONE, null);

    private static final int DNS_NAME = 2;

    /** The answer to a challenge. */
    Proof prove(Challenge challenge, NodeAddress here, long counter) {
        if (tls == null) {
            return new Proof(challenge.nonce(), counter, "", "");
        }
        var identity = tls.identity();
        var signature = identity.sign(text(challenge, here));
        return new Proof(
                challenge.nonce(),
                counter,
                Pem.text(identity.chain()),
                Base64.getEncoder().encodeToString(signature));
    }

    /** Why the answer does not convince, or null when it does. The seal has been checked already. */
    @Nullable
    String fault(Challenge challenge, Proof proof, NodeAddress sender) {
        if (!challenge.nonce().equals(proof.nonce())) {
            return "answered another challenge";
        }
        if (tls == null) {
            return null;
        }
        try {
            var chain = Pem.certificates(proof.certificates().getBytes(StandardCharsets.US_ASCII));
            var own = chain.get(0);
            tls.trust()
                    .checkClientTrusted(
                            chain.toArray(X509Certificate[]::new),
                            own.getPublicKey().getAlgorithm());
            if (!names(own).contains(sender.node())) {
                return "has the certificate of " + Identity.nameOf(own);
            }
            var signature = Base64.getDecoder().decode(proof.signature());
            return Identity.isSigned(own, text(challenge, sender), signature) ? null : "has no key to its certificate";
        } catch (CertificateException | IllegalArgumentException e) {
            return "has no certificate that is believed: " + e.getMessage();
        }
    }

    private static List<String> names(X509Certificate certificate) throws CertificateException {
        var alternatives = certificate.getSubjectAlternativeNames();
        var names = new ArrayList<String>();
        names.add(Identity.nameOf(certificate));
        for (var each : alternatives == null ? List.<List<?>>of() : alternatives) {
            if (each.get(0) instanceof Integer form && form == DNS_NAME) {
                names.add(String.valueOf(each.get(1)));
            }
        }
        return names;
    }

    private static byte[] text(Challenge challenge, NodeAddress node) {
        return ("skein prove v1\n" + challenge.nonce() + "\n" + node + "\n" + challenge.asker())
                .getBytes(StandardCharsets.UTF_8);
    }
}
