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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Files of public keys, made by {@code skein token keys} on one node and named by {@code auth.trusted-keys} on others. */
final class TrustedKeys {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a file holds. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Stored(List<Key> keys) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Key(String alg, byte[] publicKey) {}

    private TrustedKeys() {}

    /** Every key of every file; a {@link Problem} names the file that is wrong. */
    static List<KnownKey> read(List<Path> files) {
        var all = new ArrayList<KnownKey>();
        for (var file : files) {
            try {
                for (var key : JSON.readValue(Files.readAllBytes(file), Stored.class).keys) {
                    all.add(known(key));
                }
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                throw new Problem(Kind.INVALID, "auth.trusted-keys: %s holds no public keys (%s); skein token keys makes one"
                        .formatted(file, e.getClass().getSimpleName()));
            }
        }
        return all;
    }

    private static KnownKey known(Key key) throws GeneralSecurityException {
        var algorithm = Algorithm.named(key.alg).orElseThrow(() -> new GeneralSecurityException("unknown algorithm"));
        return KnownKey.of(algorithm, algorithm.readPublic(key.publicKey));
    }

    /** The text of such a file. */
    static String write(List<KnownKey> keys) {
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
