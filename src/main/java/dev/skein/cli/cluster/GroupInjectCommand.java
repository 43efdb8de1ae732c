package dev.skein.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.show.Format;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.SteadyClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends events into a group. */
@Command(
        name = "inject",
        description = {
            "Send one event, or all events of a file, into a group.",
            "A value of KEY=VALUE is JSON when it reads as JSON, else text."
        },
        footer = {
            "skein group inject orders OrderPlaced id=42 customer=alice",
            "skein group inject orders OrderPlaced --data '{\"id\": 42}' -o json",
            "skein group inject orders -f events.txt"
        })
public final class GroupInjectCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(index = "0", paramLabel = "GROUP", description = "name, id, or the beginning of an id")
    String group = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TYPE", description = "type of the event")
    @Nullable
    String type;

    @Parameters(index = "2..*", paramLabel = "KEY=VALUE", description = "fields of the event")
    List<String> pairs = List.of();

    @Option(names = "--data", paramLabel = "JSON", description = "fields of the event as a JSON object")
    @Nullable
    String data;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "events, one a line, as text or JSON; - for standard input")
    @Nullable
    String file;

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "wait until the pipeline is done with it (default)")
    boolean wait = true;

    @Option(names = "--outputs", paramLabel = "HOW", description = "all (default), or count to leave them out")
    String outputs = "all";

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public GroupInjectCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        boolean isBatch = file != null;
        if (isBatch == (type != null)) {
            throw Failure.usage("an event's TYPE or --file is needed, and not both")
                    .advise("skein group inject %s EventA x=42".formatted(group));
        }
        var body = isBatch ? batch() : event();
        var api = Api.of(connect, shell);
        ConfirmOptions.inContext(shell, api, confirm, "inject into " + group);
        var path = GroupCommand.path(api, group) + (isBatch ? "/inject-batch" : "/inject");
        var answer = api.post(path, body);
        new Printer(shell, show, isBatch ? Kinds.BATCH : Kinds.INJECTED, SteadyClock.system()).print(List.of(answer));
        printOutputs(isBatch ? answer : answer.path("worker_response"));
        return exit(answer);
    }

    private ObjectNode event() {
        if (!outputs.equals("all") && !outputs.equals("count")) {
            throw Failure.usage("--outputs must be all or count, got " + outputs);
        }
        var event = JSON.createObjectNode().put("event_type", type);
        event.set("fields", fields());
        if (!wait) {
            event.put("wait", false);
        }
        if (!outputs.equals("all")) {
            event.put("outputs", outputs);
        }
        return event;
    }

    private ObjectNode fields() {
        var fields = data == null ? JSON.createObjectNode() : object(data);
        for (var pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw Failure.usage("\"%s\" is no KEY=VALUE".formatted(pair));
            }
            fields.set(pair.substring(0, equals), value(pair.substring(equals + 1)));
        }
        return fields;
    }

    private static ObjectNode object(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw Failure.usage("--data must be a JSON object, got " + text);
        } catch (JsonProcessingException e) {
            throw Failure.usage("--data is not JSON").because(e.getOriginalMessage());
        }
    }

    private static JsonNode value(String text) {
        try {
            var value = JSON.readTree(text);
            return value.isMissingNode() ? JSON.getNodeFactory().textNode(text) : value;
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }

    private ObjectNode batch() {
        var named = String.valueOf(file);
        try {
            var text = named.equals("-") ? shell.terminal().readAll() : Files.readString(Path.of(named));
            return JSON.createObjectNode().put("events_text", text);
        } catch (IOException e) {
            throw Failure.usage("the file " + named + " cannot be read").advise("a path from here: -f FILE");
        }
    }

    private void printOutputs(JsonNode answer) {
        var events = new ArrayList<JsonNode>();
        answer.path("output_events").forEach(events::add);
        boolean isTable = show.format.compareTo(Format.WIDE) <= 0 && !show.quiet && show.fields.isEmpty();
        if (isTable && !events.isEmpty()) {
            shell.terminal().print("\n");
            new Printer(shell, show, Kinds.EVENT, SteadyClock.system()).print(events);
        }
    }

    private static int exit(JsonNode answer) {
        boolean isPartial = answer.path("events_failed").asInt() > 0
                || !answer.path("worker_response").path("errors").isEmpty();
        return (isPartial ? ExitCode.UNSUCCESSFUL : ExitCode.DONE).number;
    }
}
