package dev.skein.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.Each;
import dev.skein.cli.noun.GetCommand;
import dev.skein.cli.show.Format;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.Clean;
import dev.skein.kernel.SteadyClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Work that ends. */
@Command(
        name = "job",
        aliases = "jobs",
        description = "Submit, show, wait for and end jobs.",
        subcommands = {
            JobSubmitCommand.class,
            JobListCommand.class,
            JobCommand.Get.class,
            JobCommand.Wait.class,
            JobCommand.Why.class,
            JobChangeCommands.Cancel.class,
            JobChangeCommands.Retry.class,
            JobLogsCommand.class,
            JobListCommand.Top.class
        })
public final class JobCommand {
    static final String WORD = "id, or the beginning of one";

    @Mixin
    HelpFlag help = new HelpFlag();

    /** Prints jobs; in a table the result of the only one below it. */
    static void print(Shell shell, ShowOptions show, List<JsonNode> jobs) {
        if (jobs.size() != 1) {
            new Printer(shell, show, Kinds.JOB, SteadyClock.system()).printDone(jobs);
            return;
        }
        var job = jobs.get(0);
        new Printer(shell, show, Kinds.JOB, SteadyClock.system()).print(List.of(job));
        boolean isTable = !show.quiet && show.fields.isEmpty() && show.format.compareTo(Format.WIDE) <= 0;
        var result = job.path("result");
        if (isTable && !result.isMissingNode() && !result.isNull()) {
            shell.terminal().print("\n" + Clean.lines(result.isTextual() ? result.asText() : result.toString()) + "\n");
        }
    }

    /** Some of them, with what they were asked and what came of it. */
    @Command(
            name = "get",
            description = "Show jobs with payload, result and attempts.",
            footer = {
                "skein job get 01J8ZK",
                "skein job get 01J8ZK -o json --fields id,state,result",
                "skein job get 01J8ZK 01J8ZM -o yaml"
            })
    public static final class Get extends GetCommand {
        @Parameters(arity = "1..*", paramLabel = "JOB", description = WORD)
        List<String> words = List.of();

        public Get(Shell shell) {
            super(shell, Kinds.JOB);
        }

        @Override
        protected List<String> words() {
            return words;
        }

        @Override
        protected Function<String, JsonNode> finder(Api api) {
            var jobs = new JobApi(api, shell);
            return word -> jobs.get(jobs.id(word));
        }

        @Override
        protected void print(List<JsonNode> found) {
            JobCommand.print(shell, show, found);
        }
    }

    /** Follows them to their ends. */
    @Command(
            name = "wait",
            description = "Wait for jobs to end; exit 8 when one of them did not succeed, 7 when time ran out.",
            footer = {
                "skein job wait 01J8ZK",
                "skein job wait 01J8ZK --wait-timeout 10m -o json",
                "skein job wait 01J8ZK --cancel-on-interrupt"
            })
    public static final class Wait implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Parameters(arity = "1..*", paramLabel = "JOB", description = WORD)
        List<String> words = List.of();

        @Option(names = "--cancel-on-interrupt", description = "Ctrl-C ends the jobs too")
        boolean cancelOnInterrupt;

        @Mixin
        WaitOptions limit = new WaitOptions();

        @Mixin
        ShowOptions show = new ShowOptions();

        @Mixin
        ConnectOptions connect = new ConnectOptions();

        public Wait(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var longest = limit.longest();
            var jobs = JobApi.of(connect, shell);
            var waiting = new Waiting(shell, jobs, SteadyClock.system(), longest, cancelOnInterrupt);
            var ended = Each.of(words, shell, word -> waiting.await(jobs.id(word)));
            print(shell, show, ended.done());
            ended.finish();
            ended.done().forEach(Waiting::requireSuccess);
            return 0;
        }
    }

    /** Says what each waits for. */
    @Command(
            name = "why",
            description = "Say why jobs do not run.",
            footer = {"skein job why 01J8ZK", "skein job why 01J8ZK -o json", "skein job why 01J8ZK 01J8ZM -o wide"})
    public static final class Why implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Parameters(arity = "1..*", paramLabel = "JOB", description = WORD)
        List<String> words = List.of();

        @Mixin
        ShowOptions show = new ShowOptions();

        @Mixin
        ConnectOptions connect = new ConnectOptions();

        public Why(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var jobs = JobApi.of(connect, shell);
            var found = Each.of(words, shell, word -> jobs.api().get(JobApi.path(jobs.id(word)) + "/why"));
            var reasons = new ArrayList<JsonNode>();
            for (var why : found.done()) {
                shell.terminal().say(summary(why));
                why.path("reasons")
                        .forEach(reason -> reasons.add(JobApi.JSON
                                .createObjectNode()
                                .put("job", why.path("id").asText())
                                .setAll((ObjectNode) reason)));
            }
            new Printer(shell, show, Kinds.WHY, SteadyClock.system()).printDone(reasons);
            return found.finish();
        }

        private static String summary(JsonNode why) {
            var eta = why.path("eta_millis_low").isNumber()
                    ? ", likely to begin in %d to %d s"
                            .formatted(
                                    why.path("eta_millis_low").asLong() / 1_000,
                                    why.path("eta_millis_high").asLong() / 1_000)
                    : "";
            return "%s is %s; %d ahead of it%s"
                    .formatted(
                            why.path("id").asText(),
                            why.path("state").asText(),
                            why.path("ahead").asLong(),
                            eta);
        }
    }
}
