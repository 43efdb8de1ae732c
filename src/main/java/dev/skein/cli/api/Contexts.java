package dev.skein.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Nearest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The named places of {@code ~/.config/skein/config.yaml}; without the file there are none. */
public final class Contexts {
    public static final String CONFIRM = "confirm";
    private static final int TYPING_ERRORS_MAX = 3;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

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
            var tree = new YAMLMapper().readTree(file.toFile());
            return new Contexts(file, tree.isEmpty() ? new ObjectMapper().createObjectNode() : tree, environment);
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

    /** Makes a context the one in use. */
    public void use(String name) {
        require(name, "skein context use ");
        edited().put("current", name);
        save();
    }

    /**
     * Makes or changes a context; the first one made is in use from then on.
     *
     * @param fields what to set; an empty text takes the field out
     */
    public void set(String name, Map<String, String> fields) {
        if (!NAME.matcher(name).matches()) {
            throw Failure.usage("a context's name is of letters, digits, dots and dashes, got " + name);
        }
        var all = edited();
        var context = all.withObject("/contexts").withObject("/" + name);
        fields.forEach((field, text) -> {
            if (text.isEmpty()) {
                context.remove(field);
            } else if (field.equals(CONFIRM)) {
                context.put(field, Boolean.parseBoolean(text));
            } else {
                context.put(field, text);
            }
        });
        Target.endpoint(context.path("endpoint").asText(""), "--endpoint");
        if (all.path("current").asText("").isEmpty()) {
            all.put("current", name);
        }
        save();
    }

    /** Forgets a context. */
    public void delete(String name) {
        require(name, "skein context delete ");
        var all = edited();
        all.withObject("/contexts").remove(name);
        if (name.equals(all.path("current").asText())) {
            all.remove("current");
        }
        save();
    }

    private ObjectNode edited() {
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw Failure.usage(file + " must hold keys and values");
    }

    /** Replaces the file as a whole, so that a full disk leaves the old one. */
    private void save() {
        try {
            var folder = Files.createDirectories(file.toAbsolutePath().getParent());
            var made = Files.createTempFile(folder, "config", ".yaml"); // readable for its owner only
            try {
                Files.write(made, new YAMLMapper().writeValueAsBytes(tree));
                Files.move(made, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(made);
            }
        } catch (IOException e) {
            throw Failure.of(ExitCode.FAILED, file + " cannot be written").because(String.valueOf(e.getMessage()));
        }
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
        var context = require(name, "--context ");
        var ca = context.path("ca-file").asText("");
        return new Chosen(
                context.path("endpoint").asText(null),
                "context " + name + " in " + file,
                credential(context),
                ca.isEmpty() ? null : beside(ca),
                context.path(CONFIRM).asBoolean());
    }

    private JsonNode require(String name, String advice) {
        var context = tree.path("contexts").path(name);
        if (context.isObject()) {
            return context;
        }
        throw Failure.usage("there is no context " + name + " in " + file)
                .because(names().isEmpty() ? "it has none" : "it has " + String.join(", ", names()))
                .advise(Nearest.to(name, names(), TYPING_ERRORS_MAX)
                        .map(near -> advice + near)
                        .orElse(null));
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
