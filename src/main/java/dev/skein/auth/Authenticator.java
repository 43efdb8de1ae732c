package dev.skein.auth;

import dev.skein.config.Secret;
import dev.skein.kernel.Problem;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what a caller shows into who it is. Thread-safe. */
public final class Authenticator {
    private static final Pattern BEARER = Pattern.compile("[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9_.-]+)");

    private static final String USUAL = "Bearer "; // spelt like this, a token seen before needs no pattern

    private final ApiKeys keys;
    private final Supplier<List<Secret>> joinKeys;
    private final Tokens tokens;

    /**
     * What came with a request.
     *
     * @param apiKey the {@code x-api-key} header
     * @param authorization every {@code Authorization} header
     * @param isLocal whether the caller is surely a program on this machine: a loopback connection, not proxied,
     *     not from the page of another site
     */
    public record Shown(@Nullable String apiKey, List<String> authorization, boolean isLocal) {}

    /** What it proves. */
    public sealed interface Verdict {}

    public record Known(Principal principal) implements Verdict {}

    /** Nobody is known by it; the reason is for the audit and not for the caller. */
    public record Unknown(String reason) implements Verdict {}

    /** A token not seen before: call {@link #verify}, away from event loops. */
    public record Unverified(String token) implements Verdict {}

    /**
     * The way into one node.
     *
     * @param joinKeys any of which admits workers; empty means that there is none
     */
    public Authenticator(ApiKeys keys, List<Secret> joinKeys, Tokens tokens) {
        this(keys, () -> joinKeys, tokens);
    }

    /** The same with join keys that may be replaced while the node runs. */
    public Authenticator(ApiKeys keys, Supplier<List<Secret>> joinKeys, Tokens tokens) {
        this.keys = keys;
        this.joinKeys = joinKeys;
        this.tokens = tokens;
    }

    /** Whether anybody on this machine is an admin, as no keys are configured. */
    public boolean isOpenToLoopback() {
        return keys.isEmpty();
    }

    public boolean hasJoinKey() {
        return !joinKeys.get().isEmpty();
    }

    /** Whether this is a configured join key; takes equally long whether it is or not. */
    public boolean isJoinKey(@Nullable String key) {
        boolean found = false;
        for (var joinKey : joinKeys.get()) {
            found |= key != null && ApiKeys.same(joinKey.reveal(), key);
        }
        return found;
    }

    /**
     * A key that is right decides; otherwise an {@code Authorization} header does, even on loopback, so a bad token is
     * never taken for none. Does not block.
     */
    public Verdict check(Shown shown) {
        var owner = shown.apiKey == null ? null : keys.find(shown.apiKey);
        if (owner != null) {
            return new Known(owner);
        }
        if (!shown.authorization.isEmpty()) {
            return bearer(shown.authorization);
        }
        if (keys.isEmpty() && shown.isLocal) {
            return new Known(Principal.LOOPBACK);
        }
        return new Unknown(shown.apiKey == null ? "no credential" : "unknown API key");
    }

    private Verdict bearer(List<String> authorization) {
        var header = authorization.get(0);
        if (authorization.size() > 1) {
            return new Unknown("not one bearer token");
        }
        if (header.startsWith(USUAL)) {
            var principal = tokens.remembered(header.substring(USUAL.length()));
            if (principal != null) {
                return new Known(principal);
            }
        }
        var match = BEARER.matcher(header);
        if (!match.matches()) {
            return new Unknown("not one bearer token");
        }
        var token = match.group(1);
        var principal = tokens.remembered(token);
        return principal == null ? new Unverified(token) : new Known(principal);
    }

    /** Checks a token in full. */
    public Verdict verify(String token) {
        try {
            return new Known(tokens.verify(token));
        } catch (Problem refused) {
            return new Unknown(refused.sentence());
        }
    }
}
