package dev.skein.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.Failure;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a job wrote. */
@Command(
        name = "logs",
        description = "Print the end of the log of a job's latest attempt.",
        footer = {"skein job logs 01J8ZK", "skein job logs 01J8ZK --follow", "skein job logs 01J8ZK --tail 4096"})
public final class JobLogsCommand implements Callable<Integer> {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final int TAIL = 65_536;
    private static final long PAUSE_MILLIS = 250;

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(paramLabel = "JOB", description = JobCommand.WORD)
    String word = "";

    @Option(names = "--follow", description = "go on until the job ends, through all its attempts")
    boolean follow;

    @Option(names = "--tail", paramLabel = "BYTES", description = "begin that many bytes before the end; default 65536")
    int tail = TAIL;

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public JobLogsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (tail < 1) {
            throw Failure.usage("--tail must be 1 or more, got " + tail);
        }
        var jobs = JobApi.of(connect, shell).patient(WAIT.plus(MARGIN));
        var id = jobs.id(word);
        var part = jobs.logs(id, "offset=" + -tail);
        print(part);
        while (follow && !part.path("ended").asBoolean()) {
            if (part.path("text").asText().isEmpty()) {
                JobApi.pause(PAUSE_MILLIS); // whatever the server does
            }
            int attempt = part.path("attempt").asInt();
            var from = "offset=" + part.path("next").asLong() + "&attempt=" + attempt;
            part = jobs.logs(id, from + "&wait=" + WAIT.toMillis() + "ms");
            if (attempt > 0 && part.path("attempt").asInt() > attempt) {
                shell.terminal().say("attempt " + part.path("attempt").asInt() + " has begun");
            }
            print(part);
        }
        return 0;
    }

    private void print(JsonNode part) {
        if (follow && part.path("dropped").asLong() > 0) {
            shell.terminal().say(part.path("dropped").asLong() + " bytes are kept no more");
        }
        shell.terminal().print(Clean.lines(part.path("text").asText()));
    }
}
