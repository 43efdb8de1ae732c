package dev.skein.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;

/**
 * A pair of keys and the one algorithm it is used with.
 *
 * @param kid made from the public key, so it names nothing but this key
 */
record SigningKey(String kid, Algorithm algorithm, KeyPair pair) {
    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

    static SigningKey of(Algorithm algorithm, KeyPair pair) throws GeneralSecurityException {
        if (!algorithm.verify(PROBE, algorithm.sign(PROBE, pair.getPrivate()), pair.getPublic())) {
            throw new GeneralSecurityException("private and public key do not belong together");
        }
        return new SigningKey(KnownKey.of(algorithm, pair.getPublic()).kid(), algorithm, pair);
    }

    /** What others may know of it. */
    KnownKey known() {
        return new KnownKey(kid, algorithm, pair.getPublic());
    }

    byte[] sign(byte[] text) {
        return algorithm.sign(text, pair.getPrivate());
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + ", " + algorithm + "]"; // never the key
    }
}
