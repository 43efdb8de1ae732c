package dev.skein.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Base64;

/**
 * A key whose signatures are believed, and the one algorithm it is used with.
 *
 * @param kid made from the public key, so it names nothing but this key
 */
record KnownKey(String kid, Algorithm algorithm, PublicKey key) {
    private static final int KID_CHARS = 16;

    static KnownKey of(Algorithm algorithm, PublicKey key) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        var kid = Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, KID_CHARS);
        return new KnownKey(kid, algorithm, key);
    }

    boolean verify(byte[] text, byte[] proof) {
        return algorithm.verify(text, proof, key);
    }
}
