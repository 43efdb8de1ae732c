package dev.skein.cli.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.Shell;
import dev.skein.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be done and when, as far as the flags say. */
final class Definition {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(index = "0", paramLabel = "SCHEDULE", description = "id: letters, digits, . _ -")
    String id = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "WORD",
            description = "program and arguments of an exec job, after --")
    List<String> words = List.of();

    @Option(
            names = "--cron",
            paramLabel = "CRON",
            description = "minute, hour, day of month, month, day of week; or @hourly and the like")
    @Nullable
    String cron;

    @Option(names = "--zone", paramLabel = "ZONE", description = "of its clock, such as Europe/Berlin; default UTC")
    @Nullable
    String zone;

    @Option(
            names = "--overlap",
            negatable = true,
            description = "begin though the job before it has not ended; else that time is left out")
    @Nullable
    Boolean overlap;

    @Option(names = "--paused", negatable = true, description = "make no jobs until it is resumed")
    @Nullable
    Boolean paused;

    @Option(names = "--type", paramLabel = "TYPE", description = "of each job, such as exec or mcp")
    @Nullable
    String type;

    @Option(names = "--payload", paramLabel = "JSON", description = "for the handler of the type")
    @Nullable
    String payload;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "each job as JSON, as for skein job submit; flags win over it; - for standard input")
    @Nullable
    String file;

    /**
     * The request.
     *
     * @param before what it is until now; empty for a new one
     */
    ObjectNode body(Shell shell, JsonNode before) {
        var body = JSON.createObjectNode();
        for (var kept : List.of("cron", "zone", "overlap", "paused", "job")) {
            if (before.has(kept)) {
                body.set(kept, before.get(kept));
            }
        }
        put(body, "cron", cron);
        put(body, "zone", zone);
        flag(body, "overlap", overlap);
        flag(body, "paused", paused);
        if (file != null) {
            body.set("job", object("the file", read(shell, file)));
        }
        job(body.withObject("/job"));
        if (!body.path("cron").isTextual()) {
            throw Failure.usage("--cron is missing").advise("--cron \"0 3 * * *\" for every night at three");
        }
        return body;
    }

    private void job(ObjectNode job) {
        put(job, "type", type);
        if (payload != null && !words.isEmpty()) {
            throw Failure.usage("either --payload or words after --, not both");
        }
        if (payload != null) {
            job.set("payload", tree("--payload", payload));
        }
        if (!words.isEmpty()) {
            var argv = JSON.createArrayNode();
            words.forEach(argv::add);
            job.set("payload", JSON.createObjectNode().set("argv", argv));
        }
        if (!job.path("type").isTextual()) {
            throw Failure.usage("--type is missing").advise("--type exec -- backup.sh");
        }
    }

    private static void put(ObjectNode body, String field, @Nullable String text) {
        if (text != null) {
            body.put(field, text);
        }
    }

    private static void flag(ObjectNode body, String field, @Nullable Boolean value) {
        if (value != null) {
            body.put(field, value);
        }
    }

    private static String read(Shell shell, String named) {
        try {
            return named.equals("-") ? shell.terminal().readAll() : Files.readString(Path.of(named));
        } catch (IOException e) {
            throw Failure.usage("the file " + named + " cannot be read").advise("a path from here: -f FILE");
        }
    }

    private static JsonNode object(String what, String text) {
        var tree = tree(what, text);
        if (!tree.isObject()) {
            throw Failure.usage(what + " must hold a JSON object");
        }
        return tree;
    }

    private static JsonNode tree(String what, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            throw Failure.usage(what + " is not JSON").because(where + e.getOriginalMessage());
        }
    }
}
