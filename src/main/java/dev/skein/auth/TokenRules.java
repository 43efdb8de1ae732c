package dev.skein.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.auth.Principal.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a token must say and what proves it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, best practices</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068">RFC 9068, access tokens</a>
 */
final class TokenRules {
    static final String ISSUER = "skein";
    static final String AUDIENCE = "skein-api";
    static final String WORKER_AUDIENCE = "skein-worker:"; // and where it is reached, host:port
    static final String TYPE = "at+jwt";
    static final Duration LIFE_MAX = Duration.ofHours(1);

    private static final Duration LEEWAY = Duration.ofSeconds(5);
    private static final Set<String> TYPES = Set.of(TYPE, "application/" + TYPE);
    static final int SUBJECT_CHARS_MAX = 128;
    private static final long SECONDS_MAX = 1L << 40; // far beyond any date, far below overflow

    private final Map<String, KnownKey> keys;

    TokenRules(Map<String, KnownKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /**
     * Checks everything: header and claims before the costly proof. A refusal is a {@code Problem}.
     *
     * @param isOwnName whether others reach this node at a {@code host:port}
     */
    Principal check(Jws token, Instant now, Predicate<String> isOwnName) {
        var key = keyOf(token.header());
        var principal = claimed(token.claims(), now, isOwnName);
        if (!key.verify(token.signed(), token.proof())) {
            throw Jws.refused("the signature is wrong");
        }
        return principal;
    }

    /** The verifier chooses: the key by its name, the algorithm by the key, and the header may only agree. */
    private KnownKey keyOf(JsonNode header) {
        var kid = text(header, "kid");
        var key = kid == null ? null : keys.get(kid);
        if (key == null) {
            throw Jws.refused("unknown kid");
        }
        require(key.algorithm().jwsName().equals(text(header, "alg")), "alg is not the key's");
        var type = text(header, "typ");
        require(type != null && TYPES.contains(type.toLowerCase(Locale.ROOT)), "typ is not " + TYPE);
        require(!header.has("crit"), "crit asks for what is not understood");
        require(!header.has("b64"), "b64 is not understood");
        return key;
    }

    private static Principal claimed(JsonNode claims, Instant now, Predicate<String> isOwnName) {
        require(ISSUER.equals(text(claims, "iss")), "iss is not " + ISSUER);
        boolean isForWork = isForWork(audiences(claims.path("aud")), isOwnName);
        var expiry = expiry(claims, now);
        var subject = text(claims, "sub");
        if (subject == null || subject.isBlank() || subject.length() > SUBJECT_CHARS_MAX) {
            throw Jws.refused("sub is missing");
        }
        if (isForWork) { // what it says of a role does not matter
            return new Principal(subject, Role.VIEWER, Proof.WORK, text(claims, "jti"), expiry);
        }
        var role = text(claims, "role");
        var granted = Role.named(role == null ? "" : role).orElseThrow(() -> Jws.refused("role is unknown"));
        return new Principal(subject, granted, Proof.TOKEN, text(claims, "jti"), expiry);
    }

    private static boolean isForWork(List<String> audiences, Predicate<String> isOwnName) {
        if (audiences.contains(AUDIENCE)) {
            return false;
        }
        var workers = audiences.stream()
                .filter(audience -> audience.startsWith(WORKER_AUDIENCE))
                .map(audience -> audience.substring(WORKER_AUDIENCE.length()))
                .toList();
        require(!workers.isEmpty(), "aud is not " + AUDIENCE);
        require(workers.stream().anyMatch(isOwnName), "aud is another worker, or http.names lacks " + workers.get(0));
        return true;
    }

    private static Instant expiry(JsonNode claims, Instant now) {
        var expiry = time(claims, "exp");
        if (expiry == null) {
            throw Jws.refused("exp is missing");
        }
        require(now.isBefore(expiry.plus(LEEWAY)), "expired");
        require(!expiry.isAfter(now.plus(LIFE_MAX).plus(LEEWAY)), "exp is too far away");
        var notBefore = time(claims, "nbf");
        require(notBefore == null || !now.plus(LEEWAY).isBefore(notBefore), "not valid yet");
        var issuedAt = time(claims, "iat");
        require(issuedAt == null || !now.plus(LEEWAY).isBefore(issuedAt), "issued in the future");
        require(issuedAt == null || !expiry.isAfter(issuedAt.plus(LIFE_MAX)), "meant to live too long");
        return expiry;
    }

    /** A time in seconds since 1970; fractions are cut off. */
    private static @Nullable Instant time(JsonNode claims, String name) {
        var value = claims.path(name);
        if (value.isMissingNode()) {
            return null;
        }
        require(value.isNumber(), name + " is not a number");
        double seconds = value.asDouble();
        require(seconds >= 0 && seconds <= SECONDS_MAX, name + " is no time");
        return Instant.ofEpochSecond((long) seconds);
    }

    private static List<String> audiences(JsonNode audience) {
        var all = new ArrayList<String>();
        if (audience.isTextual()) {
            all.add(audience.asText());
        }
        for (var one : audience) {
            require(one.isTextual(), "aud is not text");
            all.add(one.asText());
        }
        return all;
    }

    private static @Nullable String text(JsonNode object, String name) {
        var value = object.path(name);
        return value.isTextual() ? value.asText() : null;
    }

    private static void require(boolean truth, String otherwise) {
        if (!truth) {
            throw Jws.refused(otherwise);
        }
    }
}
