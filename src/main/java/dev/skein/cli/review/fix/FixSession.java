package dev.skein.cli.review.fix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.Shell;
import dev.skein.cli.job.JobApi;
import dev.skein.cli.review.ReviewApi;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.git.side.Checkout;
import dev.skein.git.side.SideTree;
import dev.skein.kernel.SteadyClock;
import dev.skein.review.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One run of fixes, from the laying out of the work tree to its removal. Not thread-safe. */
final class FixSession implements AutoCloseable {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/@+-]+");
    private static final int NUMBERS_MAX = 1_000;
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final int STEPS_MAX = 6;

    private final Shell shell;
    private final Checkout checkout;
    private final FixFolder folder;
    private final SideTree tree;
    private final String branch;
    private final Wanted wanted;
    private @Nullable FixRun fixes; // set with the next two by prepare
    private @Nullable Lessons lessons;
    private @Nullable Thread interrupted;

    /**
     * What the flags say.
     *
     * @param command null for what the marker files say
     * @param branch null for one that is free
     */
    record Wanted(@Nullable String command, @Nullable String branch, BuildLimits limits) {}

    private FixSession(Shell shell, Checkout checkout, FixFolder folder, SideTree tree, Named named) {
        this.shell = shell;
        this.checkout = checkout;
        this.folder = folder;
        this.tree = tree;
        this.branch = named.branch;
        this.wanted = named.wanted;
    }

    private record Named(String branch, Wanted wanted) {}

    static FixSession begin(Shell shell, JobApi jobs, JsonNode run, Wanted wanted) {
        var checkout = Checkout.around(root(run));
        FixFolder folder = null;
        try {
            var branch = branch(checkout, run, wanted.branch);
            var base = FixFolder.base(shell.environment());
            sweep(shell, jobs, base);
            folder = FixFolder.make(base);
            folder.administered(checkout.administration(folder.name()));
            shell.terminal().say(Clean.line(what(checkout, branch)));
            var tree =
                    SideTree.lay(checkout, folder.tree(), new SideTree.Names(folder.name(), branch), Clock.systemUTC());
            var session = new FixSession(shell, checkout, folder, tree, new Named(branch, wanted));
            session.prepare(jobs, run, base);
            return session;
        } catch (IOException | RuntimeException failed) {
            release(checkout, folder);
            throw failed instanceof RuntimeException known ? known : unwritable((IOException) failed);
        }
    }

    private static Path root(JsonNode run) {
        if (run.hasNonNull("git")) {
            var url = Clean.line(run.path("git").asText());
            throw Failure.of(ExitCode.CONFLICT, "what was reviewed is a copy of " + url + ", where no fix would last")
                    .advise("git clone " + url + ", and review the clone");
        }
        var root = Path.of(run.path("root").asText());
        if (!Files.isDirectory(root)) {
            throw Failure.of(
                            ExitCode.NOT_FOUND,
                            "the directory of the review, %s, is not on this machine".formatted(root))
                    .advise("run it where node " + Clean.line(run.path("node").asText()) + " runs");
        }
        return root;
    }

    private static String branch(Checkout checkout, JsonNode run, @Nullable String wanted) throws IOException {
        if (wanted != null) {
            checkout.requireFree(wanted);
            return wanted;
        }
        var plain = "skein/fix/" + ReviewApi.id(run).replaceAll("[^A-Za-z0-9-]", "-");
        var name = plain;
        for (int i = 2; checkout.isTaken(name) && i < NUMBERS_MAX; i++) {
            name = plain + "-" + i;
        }
        checkout.requireFree(name);
        return name;
    }

    private static String what(Checkout checkout, String branch) throws IOException {
        var from = "fixes of %s begin with %s (%s) and go to branch %s"
                .formatted(checkout.top(), checkout.branch(), checkout.base().substring(0, 12), branch);
        return checkout.isDirty() ? from + "; what is not committed is left out" : from;
    }

    /** Removes what killed runs left, with the jobs that still work there. */
    private static void sweep(Shell shell, JobApi jobs, Path base) throws IOException {
        for (var left : FixFolder.sweep(base, name -> end(shell, jobs, name))) {
            shell.terminal().say("removed what an interrupted run left: " + left);
        }
    }

    private static void end(Shell shell, JobApi jobs, String folder) {
        for (var job : jobs.all("&label=" + folder, 0)) {
            if (!JobApi.hasEnded(job)) {
                end(shell, jobs, job);
            }
        }
    }

    private static void end(Shell shell, JobApi jobs, JsonNode job) {
        var id = job.path("id").asText();
        try {
            jobs.post(id, "cancel", "the fix that asked for it is gone");
        } catch (Failure ended) {
            if (ended.exit() != ExitCode.CONFLICT && ended.exit() != ExitCode.NOT_FOUND) {
                throw ended;
            }
        }
        for (int i = 0; i < STEPS_MAX && !hasEnded(jobs, id); i++) {
            shell.terminal().say("waiting for the build of an interrupted run to end");
        }
    }

    private static boolean hasEnded(JobApi jobs, String job) {
        try {
            return JobApi.hasEnded(jobs.get(job, STEP));
        } catch (Failure failure) {
            if (failure.exit() != ExitCode.NOT_FOUND) {
                throw failure;
            }
            return true;
        }
    }

    private void prepare(JobApi jobs, JsonNode run, Path base) {
        var below = checkout.below();
        var command = BuildCommand.of(wanted.command, tree, below);
        command.environment(wanted.limits.memoryBytes(), folder.directory()); // refuses what cannot work
        var builds = new Builds(jobs, folder, command, wanted.limits, SteadyClock.system());
        var id = ReviewApi.id(run);
        var origin = new Lessons.Origin(id, checkout.top(), checkout.base(), command.line());
        var noted = new Lessons(base.resolve("lessons.jsonl"), origin, Clock.systemUTC());
        lessons = noted;
        fixes = new FixRun(shell, tree, builds, noted, new FixRun.Subject(id, below));
        shell.terminal().say(Clean.line("build: " + command.line()));
        var hook = new Thread(() -> {
            builds.stop();
            shell.terminal().say("interrupted; the next run removes the work tree");
        });
        interrupted = hook;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    List<Tried> run(List<Finding> findings) {
        try {
            return fixes == null ? List.of() : fixes.all(findings);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static Failure unwritable(IOException e) {
        return Failure.of(ExitCode.FAILED, "the work tree cannot be written").because(e.toString());
    }

    /** Says where it all is. */
    void tell(List<Tried> tried, String run) {
        long kept =
                tried.stream().filter(each -> each.state() == Tried.State.KEPT).count();
        shell.terminal().say("review %s: %d of %d fixes kept".formatted(run, kept, tried.size()));
        if (kept > 0) {
            var from = from();
            shell.terminal()
                    .say("  git -C %s log %s..%s"
                            .formatted(quoted(checkout.top().toString()), from, quoted(branch)));
            shell.terminal()
                    .say("  git -C %s diff %s...%s"
                            .formatted(quoted(checkout.top().toString()), from, quoted(branch)));
        } else {
            shell.terminal().say("no branch was made");
        }
        boolean isLearned = tried.stream().anyMatch(each -> each.state() == Tried.State.REJECTED);
        if (isLearned && lessons != null) {
            shell.terminal().say("why fixes were rejected: " + lessons.file());
        }
    }

    private String from() {
        try {
            return quoted(checkout.branch());
        } catch (IOException e) {
            return checkout.base();
        }
    }

    /** As a shell takes it. */
    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + Clean.line(text).replace("'", "'\\''") + "'";
    }

    @Override
    public void close() {
        var hook = interrupted;
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException stopping) {
                return; // the next run removes it
            }
        }
        try {
            tree.close();
        } catch (IOException left) {
            shell.terminal().say("the work tree cannot be removed yet: " + Clean.line(left.toString()));
        }
        release(checkout, folder);
    }

    private static void release(Checkout checkout, @Nullable FixFolder folder) {
        try (checkout) {
            if (folder != null) {
                folder.close();
            }
        } catch (IOException e) {
            throw Failure.of(ExitCode.FAILED, "the work tree cannot be removed").because(e.toString());
        }
    }
}
