package dev.skein.cli.review.ledger;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.review.Verdict;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Spans;
import dev.skein.git.exchange.Mirror.Source;
import dev.skein.kernel.Ids;
import dev.skein.kernel.SteadyClock;
import dev.skein.review.Engine;
import dev.skein.review.Severity;
import dev.skein.review.engine.Engines;
import dev.skein.review.engine.ReviewEnginesConfig;
import dev.skein.review.ledger.claim.ClaimTerms;
import dev.skein.review.ledger.status.LedgerStatus;
import dev.skein.review.ledger.work.EngineReviewer;
import dev.skein.review.ledger.work.LedgerWorker;
import dev.skein.review.ledger.work.LedgerWorker.Parts;
import dev.skein.review.ledger.work.WorkTerms;
import dev.skein.review.persona.Personas;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Does tasks. */
@Command(
        name = "work",
        description = {
            "Claim tasks of the ledger, review them in this process and push what was found, until none is left.",
            "Exit 0 when all tasks are done, 1 with findings at or above --fail-on, 8 when some are not done."
        },
        footer = {
            "skein review ledger work",
            "skein review ledger work --worker-id laptop-1 --max-tasks 10",
            "skein review ledger work --engine ollama --persona security-hawk --lease 10m"
        })
public final class LedgerWorkCommand implements Callable<Integer> {
    private static final int SUFFIX_BYTES = 2;
    private static final int CHECK_SECONDS = 30;

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Mixin
    LedgerOptions ledger = new LedgerOptions();

    @Option(
            names = "--worker-id",
            paramLabel = "ID",
            description = "name of this worker (default SKEIN_WORKER_ID, else the host's name and four digits)")
    @Nullable
    String workerId;

    @Option(names = "--max-tasks", paramLabel = "N", description = "leave after so many tasks (default 0: none left)")
    int maxTasks;

    @Option(names = "--engine", paramLabel = "ENGINE", description = "pmd, ollama or openai (default: as configured)")
    @Nullable
    String engine;

    @Option(names = "--persona", paramLabel = "NAME", description = "whose eyes a model looks with")
    @Nullable
    String persona;

    @Option(names = "--lease", paramLabel = "TIME", description = "that a claim lasts without renewal (default 5m)")
    String lease = "5m";

    @Option(names = "--task-time", paramLabel = "TIME", description = "that one task may take (default 30m)")
    String taskTime = "30m";

    @Option(names = "--max-attempts", paramLabel = "N", description = "of one task (default 3)")
    int maxAttempts = 3;

    @Mixin
    Verdict verdict = new Verdict();

    public LedgerWorkCommand(Shell shell) {
        this.shell = shell;
    }

    /** What was asked for, checked. */
    private record Order(
            Source source, ClaimTerms claims, WorkTerms work, ReviewEnginesConfig engines, Severity threshold) {}

    @Override
    public Integer call() throws Exception {
        var order = order();
        new WorkTalk(shell.terminal(), order.work.worker()).banner(order.source, config(), order.work);
        var vertx = Vertx.vertx();
        try (var engines = new Engines(vertx, order.engines, InstantSource.system(), SteadyClock.system())) {
            return work(order, engines);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(CHECK_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Order order() {
        if (maxTasks < 0) {
            throw Failure.usage("--max-tasks must be 0 or more, got " + maxTasks);
        }
        var time = Spans.parse("--task-time", taskTime);
        var claims = LedgerOptions.terms(lease, maxAttempts);
        var settings = ledger.settings(shell);
        var source = ledger.source(ledger.origin(), settings);
        var work = new WorkTerms(worker(), maxTasks, time, WorkTerms.IDLE_FIRST, WorkTerms.IDLE_MAX);
        return new Order(source, claims, work, ReviewEnginesConfig.from(settings), verdict.threshold());
    }

    private String config() {
        return ledger.config == null ? "defaults" : ledger.config;
    }

    private String worker() {
        var named = workerId != null ? workerId : shell.environment().getOrDefault("SKEIN_WORKER_ID", "");
        var name = named.isEmpty() ? host() + "-" + Ids.hex(SUFFIX_BYTES) : named;
        if (!Ids.WORKER.matcher(name).matches()) {
            throw Failure.usage("--worker-id must be letters, digits, dots and dashes, got " + Clean.line(name));
        }
        return name;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
        } catch (UnknownHostException e) {
            return "worker";
        }
    }

    private int work(Order order, Engines engines) throws Exception {
        var chosen = engines.named(engine == null ? order.engines.engine() : engine);
        var personas = new Personas(order.engines.personaDir(), Map.of());
        var eyes = personas.named(persona == null ? order.engines.persona() : persona);
        check(chosen);
        var talk = new WorkTalk(shell.terminal(), order.work.worker());
        try (var ending = Ending.begin();
                var site = LedgerSite.open(order.source, order.claims)) {
            var reviewer = new EngineReviewer(chosen, eyes, order.work.taskTime());
            var worker = new LedgerWorker(new Parts(site.board, site.finder, reviewer, talk, site.steady), order.work);
            ending.tell(worker);
            talk.summary(worker.run());
            var view = site.board.look();
            LedgerStatusCommand.faults(shell, view.ledger());
            var seen = new LedgerStatus(view, InstantSource.system().instant());
            var outcome = seen.outcome(order.threshold);
            talk.verdict(seen, outcome);
            return outcome.exitCode;
        }
    }

    /** Before any task is claimed: an engine that cannot work would only use up their attempts. */
    private static void check(Engine engine) throws Exception {
        engine.check().toCompletionStage().toCompletableFuture().get(CHECK_SECONDS, TimeUnit.SECONDS);
    }
}
