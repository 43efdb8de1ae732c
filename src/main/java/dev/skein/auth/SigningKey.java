package dev.skein.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * A pair of keys and the one algorithm it is used with.
 *
 * @param kid made from the public key, so it names nothing but this key
 */
record SigningKey(String kid, Algorithm algorithm, KeyPair pair) {
    private static final int KID_CHARS = 16;
    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

    static SigningKey of(Algorithm algorithm, KeyPair pair) throws GeneralSecurityException {
        if (!algorithm.verify(PROBE, algorithm.sign(PROBE, pair.getPrivate()), pair.getPublic())) {
            throw new GeneralSecurityException("private and public key do not belong together");
        }
        var digest =
                MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
        var kid = Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, KID_CHARS);
        return new SigningKey(kid, algorithm, pair);
    }

    byte[] sign(byte[] text) {
        return algorithm.sign(text, pair.getPrivate());
    }

    boolean verify(byte[] text, byte[] proof) {
        return algorithm.verify(text, proof, pair.getPublic());
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + ", " + algorithm + "]"; // never the key
    }
}
