package dev.skein.cli.demo.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Has the project's own sources indexed and asks where a test's name is declared. */
public final class OwnSources {
    private static final String WORKSPACE = "//api/v1/workspaces/skein";
    private static final List<String> ROOTS = List.of("src/main/java", "src/test/java");
    private static final String ASKED_IN = "src/test/java/dev/skein/kernel/ByteSizeTest.java";
    private static final String ASKED = "ByteSize.";
    private static final String DECLARED_IN = "src/main/java/dev/skein/kernel/ByteSize.java";
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final double MILLIS = 1_000;

    private final Api api;
    private final Shell shell;
    private final InstantSource clock;

    public OwnSources(Api api, Shell shell, InstantSource clock) {
        this.api = api;
        this.shell = shell;
        this.clock = clock;
    }

    /**
     * Prints what was indexed and found; says so and does nothing when the sources are not there.
     *
     * @param root of a clone, perhaps
     * @throws Failure when the index is not whole in time or does not know the declaration
     */
    public void run(Path root) {
        if (!Files.isRegularFile(root.resolve(ASKED_IN))) {
            shell.terminal().say("index       no sources beside the jar, so nothing is indexed");
            return;
        }
        var began = clock.instant();
        var body = new ObjectMapper().createObjectNode().put("name", "skein").put("root", root.toString());
        var roots = body.putArray("source_roots");
        ROOTS.forEach(roots::add);
        api.post("//api/v1/workspaces", body);
        var status = whole();
        var time = Duration.between(began, clock.instant());
        shell.terminal().printLine(indexed(status, time));
        shell.terminal().printLine(definition(root));
    }

    private JsonNode whole() {
        return new Patience(clock, LONGEST)
                .until(
                        () -> api.get(WORKSPACE + "/status"),
                        status -> !status.path("partial").asBoolean()
                                && !status.path("stale").asBoolean(),
                        "the index of the sources was not whole");
    }

    private static String indexed(JsonNode status, Duration time) {
        long files = 0;
        long symbols = 0;
        var workers = new HashSet<String>();
        for (var shard : status.path("shards")) {
            files += shard.path("files").asLong();
            symbols += shard.path("symbols").asLong();
            workers.add(shard.path("worker").asText());
        }
        return String.format(
                Locale.ROOT,
                "index       %d files, %d symbols in %d shards on %d workers after %.1f s",
                files,
                symbols,
                status.path("shards").size(),
                workers.size(),
                time.toMillis() / MILLIS);
    }

    private String definition(Path root) {
        var lines = lines(root.resolve(ASKED_IN));
        int line = 0;
        while (line < lines.size() && !lines.get(line).contains(ASKED)) {
            line++;
        }
        int column = line < lines.size() ? lines.get(line).indexOf(ASKED) : 0;
        var answer = api.get(
                WORKSPACE + "/definition?path=%s&line=%d&column=%d".formatted(Api.part(ASKED_IN), line, column));
        var place = answer.path("places").path(0);
        if (!place.path("path").asText().equals(DECLARED_IN)) {
            throw Failure.of(ExitCode.UNSUCCESSFUL, "the declaration in " + DECLARED_IN + " was not found")
                    .because(answer.toString());
        }
        return "definition  %s in %s:%d is %s:%d, of another shard"
                .formatted(
                        answer.path("name").asText(),
                        ASKED_IN,
                        line + 1,
                        DECLARED_IN,
                        place.path("at").path("line").asInt() + 1);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw Failure.of(ExitCode.FAILED, file + " cannot be read").because(e.getMessage());
        }
    }
}
