package dev.skein.review.persona;

import dev.skein.kernel.Nearest;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.review.Persona;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The shipped personas and those of a folder, which come before shipped ones of the same name. Thread-safe, blocks. */
public final class Personas {
    /** Names of the shipped ones. */
    public static final List<String> SHIPPED =
            List.of("friendly-mentor", "performance-cop", "security-hawk", "strict-reviewer");

    private static final long FILE_MAX = 256L << 10;
    private static final int TYPING_ERRORS_MAX = 3;

    private final @Nullable Path folder;
    private final Map<String, String> fields;

    /**
     * Personas that are read anew each time they are asked for.
     *
     * @param folder holds {@code NAME.md}, {@code NAME.yaml} or {@code NAME/agent.yaml}; null: none
     * @param fields what stands for {@code {{name}}} in their texts
     */
    public Personas(@Nullable Path folder, Map<String, String> fields) {
        this.folder = folder;
        this.fields = Map.copyOf(fields);
    }

    /**
     * The persona of this name.
     *
     * @throws Problem when there is none or its file is at fault
     */
    public Persona named(String name) {
        var own = own().get(name);
        if (own != null) {
            return read(own);
        }
        if (SHIPPED.contains(name)) {
            return shipped(name);
        }
        var near = Nearest.to(name, names(), TYPING_ERRORS_MAX).map(known -> "; did you mean " + known + "?");
        throw Problem.notFound(
                "persona_unknown", "there is no persona " + name + near.orElse("; there are " + names()));
    }

    /** Names of all there are, whether sound or not. */
    public List<String> names() {
        var names = new TreeMap<String, Boolean>();
        SHIPPED.forEach(name -> names.put(name, true));
        own().keySet().forEach(name -> names.put(name, true));
        return List.copyOf(names.keySet());
    }

    private Persona shipped(String name) {
        try (InputStream in = Personas.class.getResourceAsStream("/personas/" + name + ".md")) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks the persona " + name);
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new PersonaFile(name + ".md", text, fields).read();
        } catch (IOException e) {
            throw new IllegalStateException("the jar cannot be read", e);
        }
    }

    private Persona read(Path file) {
        try {
            if (Files.size(file) > FILE_MAX) {
                throw new Problem(Kind.INVALID, file + " is larger than a persona may be");
            }
            return new PersonaFile(file.toString(), Files.readString(file), fields).read();
        } catch (IOException e) {
            throw new Problem(Kind.INVALID, file + " cannot be read as UTF-8: " + e.getMessage());
        }
    }

    private SortedMap<String, Path> own() {
        var found = new TreeMap<String, Path>();
        if (folder == null) {
            return found;
        }
        try (var entries = Files.list(folder)) {
            entries.sorted().forEach(entry -> {
                var name = entry.getFileName().toString();
                var agent = entry.resolve("agent.yaml");
                if (name.endsWith(".md") || name.endsWith(".yaml")) {
                    found.put(name.substring(0, name.lastIndexOf('.')), entry);
                } else if (Files.isRegularFile(agent)) {
                    found.put(name, agent);
                }
            });
        } catch (IOException e) {
            throw new Problem(Kind.INVALID, "review.persona-dir " + folder + " cannot be read: " + e.getMessage());
        }
        return found;
    }
}
