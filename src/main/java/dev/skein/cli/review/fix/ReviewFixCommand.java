package dev.skein.cli.review.fix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.child.Alone;
import dev.skein.cli.job.JobApi;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.review.ReviewApi;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.review.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries what findings suggest. */
@Command(
        name = "fix",
        description = {
            "Try the replacements that findings suggest, each built by a job, on a branch of its own.",
            "Works on the last commit in a work tree beside the checkout, of which nothing is changed. A fix whose",
            "build passes becomes a commit; any other is taken back and noted in lessons.jsonl. The repository must be",
            "on this machine, and a worker must see the work tree. Exit 0 all kept, 1 some not, 8 not all tried."
        },
        footer = {
            "skein review fix",
            "skein review fix r-7 --severity high --command 'mvn -q verify' --memory 3g",
            "skein review fix r-7 --finding 9f3c2a --branch skein/fix/imports --time-limit 10m"
        })
public final class ReviewFixCommand implements Callable<Integer> {
    private static final Duration ANSWER = Duration.ofMinutes(1);

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "id, name, or the beginning of an id; left out, the newest")
    String run = "";

    @Option(
            names = "--finding",
            paramLabel = "FINGERPRINT",
            description = "of a finding, or its beginning; may be repeated (default: all that can be fixed)")
    List<String> findings = List.of();

    @Option(names = "--severity", paramLabel = "SEVERITY", description = "only those at least as severe")
    String severity = Severity.INFO.word();

    @Option(
            names = "--command",
            paramLabel = "COMMAND",
            description = "that builds and tests, for a shell (default: by pom.xml, package.json, Makefile …)")
    @Nullable
    String command;

    @Option(names = "--memory", paramLabel = "SIZE", description = "cap of a build (default 2g)")
    String memory = "2g";

    @Option(names = "--time-limit", paramLabel = "TIME", description = "of one build (default 30m)")
    String timeLimit = "30m";

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            description = "that is made (default: skein/fix/RUN, or with a number where there is one)")
    @Nullable
    String branch;

    @Option(names = "--max", paramLabel = "N", description = "fixes that are tried (default 20)")
    int max = 20;

    @Option(names = "--label", paramLabel = "LABEL", description = "that a worker must bear to build")
    List<String> labels = List.of();

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public ReviewFixCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var wish = new Chosen.Wish(findings, least(), max);
        if (max < 1) {
            throw Failure.usage("--max must be 1 or more, got " + max);
        }
        if (command != null && command.isBlank()) {
            throw Failure.usage("--command must not be empty");
        }
        var limits = BuildLimits.of(memory, timeLimit, labels, shell.environment());
        var api = Api.of(connect, shell);
        if (Alone.is(api)) {
            return Alone.with(shell, ANSWER, Map.of(), own -> fix(own, wish, limits));
        }
        ConfirmOptions.inContext(shell, api, confirm, "fix findings of " + run);
        return fix(api, wish, limits);
    }

    private Severity least() {
        try {
            return Severity.of(severity);
        } catch (Problem unknown) {
            throw Failure.usage("--severity: " + unknown.sentence());
        }
    }

    private int fix(Api api, Chosen.Wish wish, BuildLimits limits) {
        var reviews = new ReviewApi(api);
        var found = reviews.find(run);
        var chosen = Chosen.of(reviews, ReviewApi.id(found), wish);
        if (chosen.unfixable() > 0) {
            shell.terminal().say(chosen.unfixable() + " findings say in words at most what should be there");
        }
        if (chosen.left() > 0) {
            shell.terminal().say(chosen.left() + " more can be fixed: --max " + (max + chosen.left()));
        }
        if (chosen.findings().isEmpty()) {
            shell.terminal().say("nothing to fix in review " + ReviewApi.id(found));
            return ExitCode.DONE.number;
        }
        var wanted = new FixSession.Wanted(command, branch, limits);
        try (var session = FixSession.begin(shell, new JobApi(api, shell), found, wanted)) {
            return ended(session, session.run(chosen.findings()), found);
        } catch (Problem problem) {
            throw Failure.of(exit(problem), problem.sentence()).advise(advice(problem, found));
        }
    }

    private int ended(FixSession session, List<Tried> tried, JsonNode found) {
        new Printer(shell, show, Tried.KIND, SteadyClock.system())
                .printDone(tried.stream().map(Tried::row).toList());
        session.tell(tried, ReviewApi.id(found));
        boolean isWhole = tried.stream().noneMatch(each -> each.state() == Tried.State.UNTRIED);
        boolean isKept = tried.stream().allMatch(each -> each.state() == Tried.State.KEPT);
        var exit = isKept ? ExitCode.DONE : isWhole ? ExitCode.FAILED : ExitCode.UNSUCCESSFUL;
        return exit.number;
    }

    private static ExitCode exit(Problem problem) {
        return switch (problem.kind()) {
            case CONFLICT -> ExitCode.CONFLICT;
            case INVALID -> ExitCode.USAGE;
            default -> ExitCode.FAILED;
        };
    }

    private static @Nullable String advice(Problem problem, JsonNode found) {
        return switch (problem.code()) {
            case "branch_exists" -> "another --branch, or none for one with a number";
            case "no_commits" -> "git commit, and review again";
            case "not_a_repository" -> "fixes are commits: git init, commit and review again";
            case "invalid_branch" -> "--branch skein/fix/" + ReviewApi.id(found);
            default -> null;
        };
    }
}
