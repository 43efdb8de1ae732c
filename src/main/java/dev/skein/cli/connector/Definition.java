package dev.skein.cli.connector;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a connector is, from flags; a secret comes from a file, since others on the host can read flags. */
public final class Definition {
    @Option(names = "--type", required = true, paramLabel = "TYPE", description = "mqtt, http, console or log")
    String type = "";

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "a parameter; may be given several times")
    Map<String, String> params = new LinkedHashMap<>();

    @Option(
            names = "--param-file",
            paramLabel = "NAME=FILE",
            description = "a parameter whose value is in a file, such as a password")
    Map<String, Path> files = new LinkedHashMap<>();

    @Option(names = "--description", paramLabel = "TEXT", description = "what it is for")
    @Nullable
    String description;

    /** As the API takes it. */
    ObjectNode body(String name) {
        var body = new ObjectMapper().createObjectNode().put("name", name).put("connector_type", type);
        var values = body.putObject("params");
        params.forEach(values::put);
        files.forEach((parameter, file) -> values.put(parameter, read(file)));
        if (description != null) {
            body.put("description", description);
        }
        return body;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw Failure.usage("the file " + file + " of --param-file cannot be read");
        }
    }
}
