package dev.skein.cli.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Spans;
import dev.skein.kernel.ByteSize;
import dev.skein.kernel.Ids;
import dev.skein.kernel.SteadyClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for work to be done. */
@Command(
        name = "submit",
        description = {
            "Submit a job.",
            "Words after -- are the program of an exec job; other types take --payload or a file."
        },
        footer = {
            "skein job submit --type exec --wait -- echo hello",
            "skein job submit --type mcp --payload '{\"server\": \"all\", \"tool\": \"echo\"}'",
            "skein job submit -f job.json --priority 0 --memory 2GiB -o json"
        })
public final class JobSubmitCommand implements Callable<Integer> {
    private static final int KEY_BYTES = 16;

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(arity = "0..*", paramLabel = "WORD", description = "program and arguments of an exec job, after --")
    List<String> words = List.of();

    @Option(names = "--type", paramLabel = "TYPE", description = "what kind of work, such as exec or mcp")
    @Nullable
    String type;

    @Option(names = "--payload", paramLabel = "JSON", description = "for the handler of the type")
    @Nullable
    String payload;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "the whole request as JSON; flags win over it; - for standard input")
    @Nullable
    String file;

    @Option(names = "--priority", paramLabel = "N", description = "0, the most urgent, to 9; default 5")
    @Nullable
    Integer priority;

    @Option(names = "--delay", paramLabel = "TIME", description = "begin no earlier than in that time")
    @Nullable
    String delay;

    @Option(names = "--memory", paramLabel = "SIZE", description = "to reserve, and the cap, such as 512MiB")
    @Nullable
    String memory;

    @Option(names = "--wait-for-capacity", description = "wait for a worker larger than any there is")
    boolean waitForCapacity;

    @Option(names = "--run-timeout", paramLabel = "TIME", description = "longest time of one attempt")
    @Nullable
    String runTimeout;

    @Option(names = "--total-timeout", paramLabel = "TIME", description = "longest time to the end, waiting included")
    @Nullable
    String totalTimeout;

    @Option(names = "--attempts", paramLabel = "N", description = "how often it may be begun; default 3")
    @Nullable
    Integer attempts;

    @Option(names = "--label", paramLabel = "LABEL", description = "to find it by; may be repeated")
    List<String> labels = List.of();

    @Option(names = "--capability", paramLabel = "NAME", description = "that a worker must offer; may be repeated")
    List<String> capabilities = List.of();

    @Option(names = "--key", paramLabel = "KEY", description = "under which the same work is accepted only once")
    @Nullable
    String key;

    @Option(names = "--wait", negatable = true, description = "wait for its end; exit 8 when it fails")
    boolean wait;

    @Option(names = "--cancel-on-interrupt", description = "with --wait: Ctrl-C ends the job too")
    boolean cancelOnInterrupt;

    @Mixin
    WaitOptions limit = new WaitOptions();

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public JobSubmitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var body = body();
        var longest = limit.longest();
        var jobs = JobApi.of(connect, shell);
        ConfirmOptions.inContext(
                shell,
                jobs.api(),
                confirm,
                "submit a job of type " + body.path("type").asText());
        var accepted = jobs.submit(body);
        if (!wait) {
            new Printer(shell, show, Kinds.ACCEPTED, SteadyClock.system()).print(List.of(accepted));
            return 0;
        }
        var clock = SteadyClock.system();
        var job = new Waiting(shell, jobs, clock, longest, cancelOnInterrupt)
                .await(accepted.path("id").asText());
        JobCommand.print(shell, show, List.of(job));
        Waiting.requireSuccess(job);
        return 0;
    }

    private ObjectNode body() {
        var body = file == null ? JobApi.JSON.createObjectNode() : object("the file", read(file));
        if (type != null) {
            body.put("type", type);
        }
        if (payload != null) {
            body.set("payload", tree("--payload", payload));
        }
        if (!words.isEmpty()) {
            argv(body);
        }
        if (!body.path("type").isTextual()) {
            throw Failure.usage("--type is missing").advise("skein job submit --type exec -- echo hello");
        }
        options(body);
        if (key != null) {
            body.put("idempotency_key", key);
        } else if (!body.path("idempotency_key").isTextual()) {
            body.put("idempotency_key", "cli-" + Ids.hex(KEY_BYTES));
        }
        return body;
    }

    private void argv(ObjectNode body) {
        if (payload != null) {
            throw Failure.usage("either --payload or words after --, not both");
        }
        var argv = body.withObject("/payload").putArray("argv");
        words.forEach(argv::add);
    }

    private void options(ObjectNode body) {
        if (priority != null) {
            body.put("priority", priority);
        }
        if (attempts != null) {
            body.put("max_attempts", attempts);
        }
        if (memory != null) {
            body.put("memory_bytes", bytes(memory));
        }
        if (waitForCapacity) {
            body.put("wait_for_capacity", true);
        }
        span(body, "delay_millis", "--delay", delay);
        span(body, "run_timeout_millis", "--run-timeout", runTimeout);
        span(body, "total_timeout_millis", "--total-timeout", totalTimeout);
        list(body, "labels", labels);
        list(body, "capabilities", capabilities);
    }

    private static void span(ObjectNode body, String field, String flag, @Nullable String text) {
        if (text != null) {
            body.put(field, Spans.parse(flag, text).toMillis());
        }
    }

    private static void list(ObjectNode body, String field, List<String> given) {
        if (!given.isEmpty()) {
            var list = body.putArray(field);
            given.forEach(list::add);
        }
    }

    private static long bytes(String text) {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--memory must be a size like 512MiB or 2GiB, got " + text);
        }
    }

    private String read(String named) {
        try {
            return named.equals("-") ? shell.terminal().readAll() : Files.readString(Path.of(named));
        } catch (IOException e) {
            throw Failure.usage("the file " + named + " cannot be read").advise("a path from here: -f FILE");
        }
    }

    private static ObjectNode object(String what, String text) {
        if (tree(what, text) instanceof ObjectNode object) {
            return object;
        }
        throw Failure.usage(what + " must hold a JSON object");
    }

    private static JsonNode tree(String what, String text) {
        try {
            return JobApi.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            throw Failure.usage(what + " is not JSON").because(where + e.getOriginalMessage());
        }
    }
}
