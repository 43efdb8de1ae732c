package dev.skein.review.engine.model.wire;

import dev.skein.config.Secret;
import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is and what may be asked of it; keys begin with {@code review.ollama} or {@code review.openai}. Built
 * once at start.
 *
 * @param urls of servers that have the same model, in order ({@code .urls}, default {@code http://127.0.0.1:11434}
 *     for Ollama, none for OpenAI)
 * @param model by the server's name ({@code .model}, default {@code qwen2.5-coder:7b} for Ollama)
 * @param key sent as bearer; null without one ({@code review.openai.api-key-file}, or {@code .api-key} from file or
 *     environment)
 * @param perHost requests at once for each server ({@code .per-host}, default 2)
 * @param contextTokens for question and answer together ({@code .context-tokens}, default 16384)
 * @param answerTokens for the answer ({@code .answer-tokens}, default 2048)
 * @param answerBytesMax past which an answer is cut off and counts as none ({@code .answer-max}, default 4MiB)
 * @param patience how long to wait and how often to try
 */
public record EndpointConfig(
        List<String> urls,
        String model,
        @Nullable Secret key,
        int perHost,
        int contextTokens,
        int answerTokens,
        long answerBytesMax,
        Patience patience) {
    public static final EndpointConfig OLLAMA = new EndpointConfig(
            List.of("http://127.0.0.1:11434"), "qwen2.5-coder:7b", null, 2, 16_384, 2_048, 4L << 20, Patience.DEFAULTS);
    public static final EndpointConfig OPENAI =
            new EndpointConfig(List.of(), "", null, 2, 16_384, 2_048, 4L << 20, Patience.DEFAULTS);

    private static final int PER_HOST_MAX = 256;
    private static final int TOKENS_MIN = 256;
    private static final int TOKENS_MAX = 2_000_000;
    private static final long BYTES_MIN = 16L << 10;
    private static final long BYTES_MAX = 256L << 20;

    public EndpointConfig {
        urls = urls.stream().map(EndpointConfig::checked).toList();
        Check.between("per-host", perHost, 1, PER_HOST_MAX);
        Check.between("context-tokens", contextTokens, TOKENS_MIN, TOKENS_MAX);
        Check.between("answer-tokens", answerTokens, 1, TOKENS_MAX);
        if (answerTokens >= contextTokens) {
            throw new IllegalArgumentException("answer-tokens must be less than context-tokens, got " + answerTokens);
        }
    }

    /** Reads the keys below a prefix; the key of a server is read for OpenAI alone. */
    public static EndpointConfig from(Settings settings, String prefix, EndpointConfig defaults) {
        var patience = Patience.from(settings, prefix);
        var key = defaults == OPENAI ? key(settings, prefix + ".api-key") : null;
        return settings.build(
                defaults,
                () -> named(
                        prefix,
                        () -> new EndpointConfig(
                                settings.list(prefix + ".urls", defaults.urls),
                                settings.text(prefix + ".model", defaults.model),
                                key,
                                settings.integer(prefix + ".per-host", defaults.perHost, 1, PER_HOST_MAX),
                                settings.integer(
                                        prefix + ".context-tokens", defaults.contextTokens, TOKENS_MIN, TOKENS_MAX),
                                settings.integer(prefix + ".answer-tokens", defaults.answerTokens, 1, TOKENS_MAX),
                                settings.bytes(prefix + ".answer-max", defaults.answerBytesMax, BYTES_MIN, BYTES_MAX),
                                patience)));
    }

    /** Arguments are seen by every user of the machine. */
    private static @Nullable Secret key(Settings settings, String name) {
        var key = settings.secret(name);
        var shown = settings.inForce().get(name);
        if (shown != null && shown.origin().startsWith("argument")) {
            return settings.build(null, () -> {
                throw new IllegalArgumentException(name + " must come from a file or the environment, not an argument");
            });
        }
        return key;
    }

    private static EndpointConfig named(String prefix, Supplier<EndpointConfig> config) {
        try {
            return config.get();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(prefix + "." + wrong.getMessage(), wrong);
        }
    }

    private static String checked(String url) {
        try {
            var uri = URI.create(url);
            var scheme = String.valueOf(uri.getScheme());
            if ((scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null) {
                return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
            }
        } catch (IllegalArgumentException noUrl) {
            throw new IllegalArgumentException("urls must be http or https addresses, got " + url, noUrl);
        }
        throw new IllegalArgumentException("urls must be http or https addresses without a user, got " + url);
    }
}
