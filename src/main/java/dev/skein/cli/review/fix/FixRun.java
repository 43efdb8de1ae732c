package dev.skein.cli.review.fix;

import dev.skein.cli.Shell;
import dev.skein.cli.review.fix.Tried.State;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.git.side.SideTree;
import dev.skein.kernel.Problem;
import dev.skein.review.Finding;
import dev.skein.review.fix.BuildError;
import dev.skein.review.fix.Change;
import dev.skein.review.fix.FileFixes;
import dev.skein.review.fix.NotFixable;
import dev.skein.review.fix.SecretScan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tries fixes one after another on what the kept ones before left. What is not tried, because builds say nothing any
 * more, is told as such. Not thread-safe.
 */
final class FixRun {
    private static final int BYTES_MAX = 8 << 20;
    private static final int MESSAGE_MAX = 1_000;
    private static final int COLUMNS = 72;

    private final Shell shell;
    private final SideTree tree;
    private final Builds builds;
    private final Lessons lessons;
    private final Subject subject;
    private final Map<String, FileFixes> fixes = new HashMap<>();
    private boolean isSound; // whether the work tree was built without a fix
    private String stopped = ""; // why no more is tried

    /**
     * What is fixed.
     *
     * @param below directory that was reviewed, from the top of the repository
     */
    record Subject(String run, String below) {
        String path(Finding finding) {
            return below.isEmpty() ? finding.path() : below + "/" + finding.path();
        }
    }

    FixRun(Shell shell, SideTree tree, Builds builds, Lessons lessons, Subject subject) {
        this.shell = shell;
        this.tree = tree;
        this.builds = builds;
        this.lessons = lessons;
        this.subject = subject;
    }

    /** What became of each. */
    List<Tried> all(List<Finding> findings) throws IOException {
        var all = new ArrayList<Tried>();
        for (var finding : findings) {
            var title = "fix %d of %d: %s:%d %s"
                    .formatted(
                            all.size() + 1,
                            findings.size(),
                            finding.path(),
                            finding.region().startLine(),
                            finding.rule());
            shell.terminal().say(Clean.line(title));
            var tried = stopped.isEmpty() ? guarded(finding) : Tried.not(finding, State.UNTRIED, stopped);
            shell.terminal().say("  " + tried.line());
            all.add(tried);
        }
        return all;
    }

    /** What the cluster cannot do any more ends the trying, and not what was kept. */
    private Tried guarded(Finding finding) throws IOException {
        try {
            return one(finding);
        } catch (Failure failure) {
            if (!isSound) {
                throw failure;
            }
            return stop(finding, failure.what());
        } catch (Problem problem) {
            return stop(finding, problem.sentence());
        }
    }

    private Tried stop(Finding finding, String reason) throws IOException {
        stopped = reason;
        tree.restore();
        return Tried.not(finding, State.UNTRIED, reason);
    }

    private Tried one(Finding finding) throws IOException {
        var path = subject.path(finding);
        var content = tree.read(path, BYTES_MAX);
        if (content.isEmpty()) {
            return Tried.not(finding, State.SKIPPED, "the file is not in the last commit");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content.get()))
                    .toString();
        } catch (CharacterCodingException other) {
            return Tried.not(finding, State.SKIPPED, "the file is not UTF-8");
        }
        var ofFile = fixes.computeIfAbsent(path, each -> new FileFixes());
        try {
            var change = ofFile.change(finding, text);
            SecretScan.check(path, text, change.text());
            return built(finding, change);
        } catch (NotFixable not) {
            if (not.reason() != NotFixable.Reason.SECRET) {
                return Tried.not(finding, State.SKIPPED, not.reason().word() + ": " + not.detail());
            }
            lessons.add(finding, not.detail(), List.of(), null);
            return Tried.not(finding, State.REJECTED, not.detail());
        }
    }

    private Tried built(Finding finding, Change change) throws IOException {
        requireSound();
        var path = subject.path(finding);
        var bytes = change.text().getBytes(StandardCharsets.UTF_8);
        tree.change(path, bytes);
        var end = builds.build();
        if (end instanceof BuildEnd.Passed) {
            var commit = tree.keep(path, bytes, message(finding));
            fixes.getOrDefault(path, new FileFixes()).keep(finding, change);
            tree.restore(); // of what the build has changed besides
            return Tried.kept(finding, commit);
        }
        tree.restore();
        if (end instanceof BuildEnd.Failed failed) {
            var tried = change.isEverywhere() ? null : finding.replacement();
            lessons.add(finding, failed.reason(), failed.errors(), tried == null ? "" : tried);
            return Tried.not(finding, State.REJECTED, said(failed));
        }
        return stop(finding, ((BuildEnd.Unknown) end).reason());
    }

    /** A build that fails without any fix says nothing about one. */
    private void requireSound() throws IOException {
        if (isSound) {
            return;
        }
        shell.terminal().say("building " + tree.head().substring(0, 12) + " without any fix");
        var end = builds.build();
        tree.restore();
        if (end instanceof BuildEnd.Failed failed) {
            throw Failure.of(ExitCode.UNSUCCESSFUL, "the build fails without any fix, so that nothing can be tried")
                    .because(Clean.line(said(failed)))
                    .advise("--command, --memory or --time-limit, or a commit that builds");
        }
        if (end instanceof BuildEnd.Unknown unknown) {
            throw Failure.of(ExitCode.UNSUCCESSFUL, "the build cannot be run, so that nothing can be tried")
                    .because(Clean.line(unknown.reason()))
                    .advise("run it on the machine of a worker; --label chooses workers");
        }
        isSound = true;
    }

    private static String said(BuildEnd.Failed failed) {
        var errors = failed.errors().stream().limit(1).map(FixRun::line).collect(Collectors.joining());
        return errors.isEmpty() ? failed.reason() : failed.reason() + "; first: " + errors;
    }

    private static String line(BuildError error) {
        return "%s:%d: %s".formatted(error.path(), error.line(), error.message());
    }

    private String message(Finding finding) {
        var title = "Fix %s in %s".formatted(finding.rule(), finding.path());
        var trailer = "\n\nSkein-Review: %s\nSkein-Finding: %s\n".formatted(subject.run, finding.fingerprint());
        var said = Clean.lines(finding.message());
        var body = "\n\n" + (said.length() > MESSAGE_MAX ? said.substring(0, MESSAGE_MAX) : said);
        var whole = Clean.line(title.length() > COLUMNS ? "Fix " + finding.rule() : title) + body + trailer;
        try {
            SecretScan.check("message", "", whole);
            return whole;
        } catch (NotFixable secret) {
            return "Fix a finding" + trailer;
        }
    }
}
