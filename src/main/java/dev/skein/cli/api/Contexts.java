package dev.skein.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Nearest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The named places of {@code ~/.config/skein/config.yaml}; without the file there are none. */
public final class Contexts {
    private static final int TYPING_ERRORS_MAX = 3;

    private final Path file;
    private final JsonNode tree;
    private final Map<String, String> environment;

    private Contexts(Path file, JsonNode tree, Map<String, String> environment) {
        this.file = file;
        this.tree = tree;
        this.environment = environment;
    }

    /**
     * One place.
     *
     * @param endpoint null when no context is in use
     * @param origin for messages
     */
    record Chosen(
            @Nullable String endpoint,
            String origin,
            Target.@Nullable Credential credential,
            @Nullable Path caFile,
            boolean confirms) {
        static final Chosen NONE = new Chosen(null, "", null, null, false);
    }

    /** Reads the file, which others must not be able to read. */
    public static Contexts of(Map<String, String> environment) {
        var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        var base = environment.getOrDefault("XDG_CONFIG_HOME", "");
        var usual = (base.isEmpty() ? Path.of(home, ".config") : Path.of(base)).resolve("skein/config.yaml");
        var said = environment.getOrDefault("SKEIN_CONFIG", "");
        var file = said.isEmpty() ? usual : Path.of(said);
        if (!Files.exists(file)) {
            return new Contexts(file, new ObjectMapper().createObjectNode(), environment);
        }
        requirePrivate(file);
        try {
            return new Contexts(file, new YAMLMapper().readTree(file.toFile()), environment);
        } catch (IOException e) {
            throw Failure.usage("%s is not YAML".formatted(file)).because(e.getMessage());
        }
    }

    private static void requirePrivate(Path file) {
        try {
            var open = new ArrayList<>(Files.getPosixFilePermissions(file));
            open.removeIf(one -> !one.name().startsWith("OTHERS") && !one.name().startsWith("GROUP"));
            if (open.contains(PosixFilePermission.OTHERS_READ) || open.contains(PosixFilePermission.GROUP_READ)) {
                throw Failure.of(ExitCode.DENIED, file + " can be read by others")
                        .advise("chmod 600 " + file);
            }
        } catch (IOException | UnsupportedOperationException e) {
            return; // a file system without permissions
        }
    }

    public List<String> names() {
        var names = new ArrayList<String>();
        tree.path("contexts").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The name of the context in use; empty for none. */
    public String current() {
        return environment.getOrDefault("SKEIN_CONTEXT", tree.path("current").asText(""));
    }

    public String endpoint(String name) {
        return tree.path("contexts").path(name).path("endpoint").asText("");
    }

    Chosen chosen(@Nullable String asked) {
        var name = asked == null ? current() : asked;
        if (name.isEmpty()) {
            return Chosen.NONE;
        }
        var context = tree.path("contexts").path(name);
        if (!context.isObject()) {
            throw Failure.usage("there is no context " + name + " in " + file)
                    .because(names().isEmpty() ? "it has none" : "it has " + String.join(", ", names()))
                    .advise(Nearest.to(name, names(), TYPING_ERRORS_MAX)
                            .map(near -> "--context " + near)
                            .orElse(null));
        }
        var ca = context.path("ca-file").asText("");
        return new Chosen(
                context.path("endpoint").asText(null),
                "context " + name + " in " + file,
                credential(context),
                ca.isEmpty() ? null : beside(ca),
                context.path("confirm").asBoolean());
    }

    private Target.@Nullable Credential credential(JsonNode context) {
        var tokenFile = context.path("token-file").asText("");
        if (!tokenFile.isEmpty()) {
            return Target.Credential.token(Target.read(beside(tokenFile).toString(), file.toString()));
        }
        var command = context.path("token-command").asText("");
        return command.isEmpty() ? null : Target.Credential.token(output(command));
    }

    private Path beside(String path) {
        var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        var expanded = path.startsWith("~/") ? home + path.substring(1) : path;
        return file.toAbsolutePath().resolveSibling(expanded);
    }

    private static String output(String command) {
        try {
            var process = new ProcessBuilder("sh", "-c", command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0 && !text.isBlank()) {
                return text;
            }
            throw Failure.of(ExitCode.DENIED, "the context's token-command gave no token")
                    .because("it ended with " + process.exitValue());
        } catch (IOException e) {
            throw Failure.of(ExitCode.DENIED, "the context's token-command cannot run")
                    .because(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(ExitCode.INTERRUPTED, "interrupted");
        }
    }
}
