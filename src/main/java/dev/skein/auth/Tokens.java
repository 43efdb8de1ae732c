package dev.skein.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.kernel.SteadyClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens of one node: made with the key that signs, believed with any key there is. Thread-safe.
 *
 * <p>Tokens believed once are remembered until they end, at most {@value #REMEMBERED_MAX} of them, so a second
 * check costs a look-up. Nobody without a signed token can fill that memory.
 */
public final class Tokens {
    /** Longest life of a token. */
    public static final Duration LIFE_MAX = TokenRules.LIFE_MAX;

    private static final Logger log = LoggerFactory.getLogger(Tokens.class);
    private static final int REMEMBERED_MAX = 4096;
    private static final int ID_BYTES = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    private final Supplier<Loaded> loader;
    private final Supplier<Object> fingerprint;
    private final InstantSource wall;
    private final Map<String, Principal> remembered = new ConcurrentHashMap<>();
    private volatile Predicate<String> isOwnName = name -> false;
    private volatile Loaded loaded;
    private volatile Object seen;
    private volatile Instant lookedAt;

    /** Keys as they were read: the one that signs, and all that are believed. */
    private record Loaded(SigningKey signer, TokenRules rules) {
        static Loaded of(List<SigningKey> own, List<KnownKey> trusted) {
            var all = Stream.concat(own.stream().map(SigningKey::known), trusted.stream());
            return new Loaded(
                    own.get(own.size() - 1),
                    new TokenRules(all.collect(Collectors.toMap(KnownKey::kid, key -> key, (a, b) -> a))));
        }
    }

    /** A token and what it says. */
    public record Issued(String token, String id, Instant expiry) {
        @Override
        public String toString() {
            return "Issued[" + id + "]"; // never the token
        }
    }

    private Tokens(Supplier<Loaded> loader, Supplier<Object> fingerprint, InstantSource wall) {
        this.loader = loader;
        this.fingerprint = fingerprint;
        this.wall = wall;
        this.loaded = loader.get();
        this.seen = fingerprint.get();
        this.lookedAt = wall.instant();
    }

    /**
     * Reads the keys below {@code <dataDir>/keys}, making the first one when there is none.
     *
     * @param wall tells the time of day
     * @throws Problem when keys cannot be read or made, or others on the machine could read them
     */
    public static Tokens open(Path dataDir, Algorithm algorithm, InstantSource wall) {
        return open(dataDir, algorithm, List.of(), wall);
    }

    /**
     * The same with public keys of other nodes.
     *
     * @param trusted files whose keys are believed besides this node's own
     */
    public static Tokens open(Path dataDir, Algorithm algorithm, List<Path> trusted, InstantSource wall) {
        var own = new KeyFiles(dataDir);
        own.load(algorithm); // the first one is of the wanted algorithm; later ones are as they were rotated
        return new Tokens(
                () -> Loaded.of(own.loadAny(), KnownKey.readAll(trusted)),
                () -> List.of(own.names(), trusted.stream().map(Tokens::changed).toList()),
                wall);
    }

    /**
     * Also believes tokens that were made for this node as a worker.
     *
     * @param isOwnName whether others reach it at a {@code host:port}; may block
     */
    public Tokens receiving(Predicate<String> isOwnName) {
        this.isOwnName = isOwnName;
        return this;
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** Makes a token with a node's own files, for a command that runs beside it; the node need not run. */
    public static Issued issue(Path dataDir, String subject, Role role, Duration life) {
        var own = new KeyFiles(dataDir);
        return new Tokens(() -> Loaded.of(own.loadAny(), List.of()), own::names, SteadyClock.system())
                .issue(subject, role, life);
    }

    /**
     * Gives a node a new key to sign with. Tokens of the one before are believed until they end; running nodes notice
     * within seconds.
     *
     * @return the kids that are believed now, the new one last
     */
    public static List<String> rotate(Path dataDir, Algorithm algorithm) {
        return new KeyFiles(dataDir)
                .rotate(algorithm, SteadyClock.system().instant()).stream()
                        .map(SigningKey::kid)
                        .toList();
    }

    /** The public keys of a node, as other nodes read them. */
    public static String publicKeys(Path dataDir) {
        return KnownKey.text(
                new KeyFiles(dataDir).loadAny().stream().map(SigningKey::known).toList());
    }

    /** Reads the keys again if any came or went. Blocks; to be called now and then. */
    public void look() {
        lookedAt = wall.instant();
        var now = fingerprint.get();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            loaded = loader.get();
            remembered.clear(); // a key may be gone
        } catch (Problem wrong) {
            log.error("the keys stay as they were: {}", wrong.sentence());
        }
    }

    /**
     * Makes a token.
     *
     * @param life more than zero, at most {@link #LIFE_MAX}; else a {@link Kind#INVALID} problem
     */
    public Issued issue(String subject, Role role, Duration life) {
        return issue(subject, TokenRules.AUDIENCE, role, life);
    }

    /**
     * Makes a token that lets its bearer send jobs to one worker, and do nothing else anywhere.
     *
     * @param worker where it is reached, {@code host:port}
     * @param life as of any other token
     */
    public Issued issueForWork(String subject, String worker, Duration life) {
        return issue(subject, TokenRules.WORKER_AUDIENCE + worker, null, life);
    }

    private Issued issue(String subject, String audience, @Nullable Role role, Duration life) {
        if (life.toSeconds() < 1 || life.compareTo(LIFE_MAX) > 0) {
            throw Problem.invalid("a token lives from 1 s to " + LIFE_MAX.toMinutes() + " min, got " + life);
        }
        if (subject.isBlank() || subject.length() > TokenRules.SUBJECT_CHARS_MAX) {
            throw Problem.invalid("a subject has 1 to " + TokenRules.SUBJECT_CHARS_MAX + " characters");
        }
        var signer = loaded.signer;
        var now = Instant.ofEpochSecond(wall.instant().getEpochSecond());
        var expiry = now.plusSeconds(life.toSeconds());
        var id = Ids.hex(ID_BYTES);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", TokenRules.ISSUER);
        claims.put("aud", audience);
        claims.put("sub", subject);
        if (role != null) {
            claims.put("role", role.word());
        }
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", expiry.getEpochSecond());
        claims.put("jti", id);
        return new Issued(Jws.sign(header(signer), text(claims), signer), id, expiry);
    }

    private static String header(SigningKey signer) {
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
        if (!now.isBefore(lookedAt.plus(LOOK_INTERVAL))) {
            look();
        }
        var principal = loaded.rules.check(Jws.parse(token), now, isOwnName);
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
