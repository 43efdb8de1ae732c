package dev.skein.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.kernel.SteadyClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one node: made with the key that signs, believed with any key there is. Thread-safe.
 *
 * <p>Tokens believed once are remembered until they end, at most {@value #REMEMBERED_MAX} of them, so a second
 * check costs a look-up. Nobody without a signed token can fill that memory.
 */
public final class Tokens {
    /** Longest life of a token. */
    public static final Duration LIFE_MAX = TokenRules.LIFE_MAX;

    private static final int REMEMBERED_MAX = 4096;
    private static final int ID_BYTES = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SigningKey signer;
    private final TokenRules rules;
    private final InstantSource wall;
    private final Map<String, Principal> remembered = new ConcurrentHashMap<>();

    /** A token and what it says. */
    public record Issued(String token, String id, Instant expiry) {
        @Override
        public String toString() {
            return "Issued[" + id + "]"; // never the token
        }
    }

    private Tokens(List<SigningKey> keys, InstantSource wall) {
        this.signer = keys.get(keys.size() - 1);
        this.rules = new TokenRules(keys.stream().collect(Collectors.toMap(SigningKey::kid, key -> key, (a, b) -> a)));
        this.wall = wall;
    }

    /**
     * Reads the keys below {@code <dataDir>/keys}, making the first one when there is none.
     *
     * @param wall tells the time of day
     * @throws Problem when keys cannot be read or made, or others on the machine could read them
     */
    public static Tokens open(Path dataDir, Algorithm algorithm, InstantSource wall) {
        return new Tokens(new KeyFiles(dataDir).load(algorithm), wall);
    }

    /** Makes a token with a node's own files, for a command that runs beside it; the node need not run. */
    public static Issued issue(Path dataDir, String subject, Role role, Duration life) {
        return new Tokens(new KeyFiles(dataDir).loadAny(), SteadyClock.system()).issue(subject, role, life);
    }

    /**
     * Makes a token.
     *
     * @param life more than zero, at most {@link #LIFE_MAX}; else a {@link Kind#INVALID} problem
     */
    public Issued issue(String subject, Role role, Duration life) {
        if (life.toSeconds() < 1 || life.compareTo(LIFE_MAX) > 0) {
            throw Problem.invalid("a token lives from 1 s to " + LIFE_MAX.toMinutes() + " min, got " + life);
        }
        if (subject.isBlank() || subject.length() > TokenRules.SUBJECT_CHARS_MAX) {
            throw Problem.invalid("a subject has 1 to " + TokenRules.SUBJECT_CHARS_MAX + " characters");
        }
        var now = Instant.ofEpochSecond(wall.instant().getEpochSecond());
        var expiry = now.plusSeconds(life.toSeconds());
        var id = Ids.hex(ID_BYTES);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", TokenRules.ISSUER);
        claims.put("aud", TokenRules.AUDIENCE);
        claims.put("sub", subject);
        claims.put("role", role.word());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", expiry.getEpochSecond());
        claims.put("jti", id);
        return new Issued(Jws.sign(header(), text(claims), signer), id, expiry);
    }

    private String header() {
        var header = new LinkedHashMap<String, Object>();
        header.put("alg", signer.algorithm().jwsName());
        header.put("typ", TokenRules.TYPE);
        header.put("kid", signer.kid());
        return text(header);
    }

    private static String text(Map<String, Object> object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts and numbers is always JSON", e);
        }
    }

    /** Whose token this is, if it was believed before and has not ended; null says nothing about it. Does not block. */
    public @Nullable Principal remembered(String token) {
        var principal = remembered.get(token);
        if (principal == null || isOver(principal, wall.instant())) {
            return null;
        }
        return principal;
    }

    /**
     * Whose token this is. Takes up to a millisecond of computing, so it is not for an event loop.
     *
     * @throws Problem {@link Kind#UNAUTHORIZED} with the reason, which is for the audit and not for the caller
     */
    public Principal verify(String token) {
        var now = wall.instant();
        var principal = rules.check(Jws.parse(token), now);
        if (remembered.size() >= REMEMBERED_MAX) {
            forget(now);
        }
        remembered.put(token, principal);
        return principal;
    }

    private void forget(Instant now) {
        remembered.values().removeIf(principal -> isOver(principal, now));
        if (remembered.size() >= REMEMBERED_MAX) {
            remembered.clear(); // dearer than choosing, but it happens only to whoever holds thousands of live tokens
        }
    }

    private static boolean isOver(Principal principal, Instant now) {
        return principal.expiry() == null || !now.isBefore(principal.expiry());
    }
}
