package dev.skein.bus.seal;

import dev.skein.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that the nodes of a cluster share. The first one seals, all of them are believed, so one is replaced by
 * adding the new one behind it everywhere, then putting it first, then taking the old one out; each node follows its
 * file, and none has to be restarted for that. Thread-safe.
 *
 * <p>No node seals with the secret itself: each has a key of its own, which those who know the secret can compute.
 */
public final class JoinKeys {
    /** A cluster without a secret; nothing is sealed. */
    public static final JoinKeys NONE = new JoinKeys(List.of());

    /** Shortest secret that cannot be guessed from a sealed message. */
    public static final int CHARS_MIN = 16;

    private static final String MAC = "HmacSHA256";
    private static final int OWN_KEYS_MAX = 10_000;
    private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(JoinKeys::newMac);

    private volatile Held held;

    /** Secrets, and the keys of nodes that were computed from them. */
    private record Held(List<SecretKeySpec> secrets, Map<String, List<SecretKeySpec>> ownKeys) {}

    private JoinKeys(List<SecretKeySpec> secrets) {
        this.held = new Held(secrets, new ConcurrentHashMap<>());
    }

    /**
     * From now on these are the secrets, as their file says.
     *
     * @throws IllegalArgumentException when there is none or one is too short; then nothing changes
     */
    public void replace(String key, Secret given) {
        var fresh = of(key, given).held;
        if (fresh.secrets.isEmpty() || isEmpty()) {
            throw new IllegalArgumentException(key + " cannot come or go while the node runs");
        }
        held = fresh;
    }

    /**
     * Reads secrets separated by commas or white space; null means none.
     *
     * @throws IllegalArgumentException when one is too short
     */
    public static JoinKeys of(String key, @Nullable Secret given) {
        if (given == null) {
            return NONE;
        }
        var secrets = texts(given).map(secret -> {
            if (secret.length() < CHARS_MIN) {
                throw new IllegalArgumentException(key + " must have at least " + CHARS_MIN
                        + " characters; openssl rand -hex 32 makes a good one");
            }
            return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC);
        });
        return new JoinKeys(secrets.toList());
    }

    /** The single secrets of a setting that may hold several. */
    public static Stream<String> texts(Secret given) {
        return Stream.of(given.reveal().split("[,\\s]+")).filter(text -> !text.isEmpty());
    }

    public boolean isEmpty() {
        return held.secrets.isEmpty();
    }

    /** The proof that {@code node} knows the secret and has seen the text. */
    byte[] prove(String node, byte[] text) {
        return mac(keysOf(node).get(0), text);
    }

    /** Whether this is such a proof, with any of the secrets. */
    boolean isProof(String node, byte[] text, byte[] proof) {
        boolean found = false;
        for (var key : keysOf(node)) {
            found |= MessageDigest.isEqual(mac(key, text), proof);
        }
        return found;
    }

    /** What a member shows when it asks to join, to be read by {@link #isPass}; empty where there is no secret. */
    public String pass(String node) {
        return isEmpty() ? "" : HexFormat.of().formatHex(prove(node, passText(node)));
    }

    public boolean isPass(String node, @Nullable String pass) {
        if (isEmpty()) {
            return true;
        }
        try {
            return pass != null && isProof(node, passText(node), HexFormat.of().parseHex(pass));
        } catch (IllegalArgumentException e) {
            return false; // not hexadecimal
        }
    }

    private static byte[] passText(String node) {
        return ("skein member v1\n" + node).getBytes(StandardCharsets.UTF_8);
    }

    private List<SecretKeySpec> keysOf(String node) {
        var now = held;
        if (now.ownKeys.size() > OWN_KEYS_MAX) {
            now.ownKeys.clear(); // computed again when needed
        }
        return now.ownKeys.computeIfAbsent(
                node,
                first -> now.secrets.stream()
                        .map(secret -> new SecretKeySpec(
                                mac(secret, ("skein seal v1\n" + node).getBytes(StandardCharsets.UTF_8)), MAC))
                        .toList());
    }

    private static byte[] mac(SecretKeySpec key, byte[] text) {
        try {
            var mac = MACS.get();
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every key of " + MAC + " is good", e);
        }
    }

    private static Mac newMac() {
        try {
            return Mac.getInstance(MAC);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }

    @Override
    public String toString() {
        return "JoinKeys[" + held.secrets.size() + "]"; // never the keys
    }
}
