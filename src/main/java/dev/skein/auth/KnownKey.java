package dev.skein.auth;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A key whose signatures are believed, and the one algorithm it is used with.
 *
 * @param kid made from the public key, so it names nothing but this key
 */
record KnownKey(String kid, Algorithm algorithm, PublicKey key) {
    private static final int KID_CHARS = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    static KnownKey of(Algorithm algorithm, PublicKey key) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        var kid = Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, KID_CHARS);
        return new KnownKey(kid, algorithm, key);
    }

    boolean verify(byte[] text, byte[] proof) {
        return algorithm.verify(text, proof, key);
    }

    /** What a file holds. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Stored(List<Entry> keys) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(String alg, byte[] publicKey) {}

    /** Every key of files as {@code skein token keys} makes them; a {@link Problem} names the file that is wrong. */
    static List<KnownKey> readAll(List<Path> files) {
        var all = new ArrayList<KnownKey>();
        for (var file : files) {
            try {
                for (var key : JSON.readValue(Files.readAllBytes(file), Stored.class).keys) {
                    all.add(known(key));
                }
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                throw new Problem(
                        Kind.INVALID,
                        "auth.trusted-keys: %s holds no public keys (%s); skein token keys makes one"
                                .formatted(file, e.getClass().getSimpleName()));
            }
        }
        return all;
    }

    private static KnownKey known(Entry key) throws GeneralSecurityException {
        var algorithm = Algorithm.named(key.alg).orElseThrow(() -> new GeneralSecurityException("unknown algorithm"));
        return of(algorithm, algorithm.readPublic(key.publicKey));
    }

    /** The text of such a file. */
    static String text(List<KnownKey> keys) {
        try {
            return JSON.writeValueAsString(Map.of(
                    "keys",
                    keys.stream()
                            .map(key -> Map.of(
                                    "kid", key.kid(),
                                    "alg", key.algorithm().jwsName(),
                                    "publicKey", key.key().getEncoded()))
                            .toList()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and bytes are always JSON", e);
        }
    }
}
