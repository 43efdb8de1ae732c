package dev.skein.cli.api;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags of every command that calls the API. */
public final class ConnectOptions {
    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "address of the API (or SKEIN_ENDPOINT; default http://127.0.0.1:9100)")
    @Nullable
    String endpoint;

    @Option(names = "--context", paramLabel = "NAME", description = "context to use (or SKEIN_CONTEXT)")
    @Nullable
    String context;

    @Option(names = "--token-file", paramLabel = "FILE", description = "file with a token (or SKEIN_TOKEN_FILE)")
    @Nullable
    String tokenFile;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "API key; better in SKEIN_API_KEY, where others cannot read it")
    @Nullable
    String apiKey;

    @Option(
            names = {"--ca-file", "--ca"},
            paramLabel = "FILE",
            description = "PEM file with the certificate to trust")
    @Nullable
    String caFile;

    @Option(names = "--timeout", paramLabel = "TIME", description = "longest wait for an answer, like 30s or 5m")
    @Nullable
    String timeout;

    @Option(names = "--request-id", paramLabel = "ID", description = "id under which the server logs the request")
    @Nullable
    String requestId;

    @Option(
            names = {"-v", "--verbose"},
            description = "show request lines; -vv bodies too, with secrets masked")
    boolean[] verbose = {};
}
