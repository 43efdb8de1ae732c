package dev.skein.cli.api;

import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.client.SkeinClient;
import dev.skein.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the API is and how to sign in there.
 *
 * @param endpoint without a slash at its end
 * @param origin where the endpoint came from, for messages
 * @param credential what to sign in with; null for nothing
 * @param caFile certificate to trust instead of the usual ones; null for the usual ones
 * @param confirms whether changes there must be confirmed
 */
public record Target(
        URI endpoint,
        String origin,
        @Nullable Credential credential,
        @Nullable Path caFile,
        boolean confirms) {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int PORT_MAX = 65_535;
    private static final String DEFAULT_ORIGIN = "the default";
    private static final URI DEFAULT = URI.create("http://127.0.0.1:9100");

    /** A header and its value. */
    public record Credential(String header, Secret value) {
        public static Credential token(String token) {
            return new Credential("Authorization", new Secret("Bearer " + token.strip()));
        }

        public static Credential key(String key) {
            return new Credential("x-api-key", new Secret(key.strip()));
        }
    }

    /** Finds both by precedence: flag, environment, context, default. */
    public static Target of(ConnectOptions options, Map<String, String> environment) {
        var context = Contexts.of(environment).chosen(options.context);
        var given = context.endpoint() == null ? DEFAULT : endpoint(context.endpoint(), context.origin());
        var origin = context.endpoint() == null ? DEFAULT_ORIGIN : context.origin();
        boolean isOfContext = true;
        if (options.endpoint != null) {
            given = endpoint(options.endpoint, "--endpoint");
            origin = "--endpoint";
            isOfContext = false;
        } else if (environment.containsKey("SKEIN_ENDPOINT") && options.context == null) {
            given = endpoint(environment.getOrDefault("SKEIN_ENDPOINT", ""), "SKEIN_ENDPOINT");
            origin = "SKEIN_ENDPOINT";
            isOfContext = false;
        }
        var credential = credential(options, environment);
        if (credential == null && isOfContext) { // a context's token is for the context's own endpoint
            credential = context.credential();
        }
        var caFile = options.caFile == null ? context.caFile() : Path.of(options.caFile);
        return new Target(given, origin, credential, caFile, isOfContext && context.confirms());
    }

    /** Whether nobody named it. */
    public boolean isDefault() {
        return origin.equals(DEFAULT_ORIGIN);
    }

    /** The client for programs, there. */
    public SkeinClient client() {
        var client = SkeinClient.at(endpoint.toString()).over(http());
        return credential == null ? client : client.withHeader(credential.header, credential.value.reveal());
    }

    HttpClient http() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(Trust.of(this))
                .build();
    }

    private static @Nullable Credential credential(ConnectOptions options, Map<String, String> environment) {
        if (options.tokenFile != null) {
            return Credential.token(read(options.tokenFile, "--token-file"));
        }
        if (options.apiKey != null) {
            return Credential.key(options.apiKey);
        }
        var token = environment.getOrDefault("SKEIN_TOKEN", "");
        if (!token.isEmpty()) {
            return Credential.token(token);
        }
        var file = environment.getOrDefault("SKEIN_TOKEN_FILE", "");
        if (!file.isEmpty()) {
            return Credential.token(read(file, "SKEIN_TOKEN_FILE"));
        }
        var key = environment.getOrDefault("SKEIN_API_KEY", "");
        return key.isEmpty() ? null : Credential.key(key);
    }

    static URI endpoint(String text, String origin) {
        try {
            var uri = URI.create(text.strip().replaceFirst("/+$", ""));
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getUserInfo() == null && uri.getPort() <= PORT_MAX) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(text, origin);
        }
        throw wrong(text, origin);
    }

    private static Failure wrong(String text, String origin) {
        return Failure.usage("%s must be an address like http://127.0.0.1:9100, got %s".formatted(origin, text));
    }

    static String read(String file, String origin) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw Failure.of(ExitCode.DENIED, "the token cannot be read from " + file)
                    .because("%s names it".formatted(origin))
                    .advise("skein token create --role viewer > " + file);
        }
    }
}
