package dev.skein.git;

import dev.skein.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.jspecify.annotations.Nullable;

/** Sees how a copy gets on, and calls it off when it takes too long, too much, or nobody waits any more. */
public final class Watch implements ProgressMonitor {
    private static final long LOOK_MILLIS = 200;

    private final Path objects;
    private final GitConfig config;
    private final InstantSource steady;
    private final long begun;
    private long looked;
    private volatile @Nullable Problem reason;
    private volatile Progress progress = new Progress("", 0, 0, 0);

    /**
     * How far a copy is.
     *
     * @param task in the words of git
     * @param total 0 when it is not known
     * @param bytes on the disk
     */
    public record Progress(String task, int done, int total, long bytes) {}

    Watch(Path target, GitConfig config, InstantSource steady) {
        this.objects = target.resolve(".git/objects");
        this.config = config;
        this.steady = steady;
        this.begun = steady.millis();
        this.looked = begun;
    }

    public Progress progress() {
        return progress;
    }

    /** Ends it as soon as that is possible. */
    public void stop() {
        reason = Problem.conflict("git_stopped", "copying the repository was called off");
    }

    @Override
    public void start(int tasks) {}

    @Override
    public void beginTask(String title, int total) {
        progress = new Progress(title, 0, total, progress.bytes);
    }

    @Override
    public void update(int completed) {
        var now = progress;
        progress = new Progress(now.task, now.done + completed, now.total, now.bytes);
        if (steady.millis() - looked >= LOOK_MILLIS) {
            looked = steady.millis();
            weigh();
        }
    }

    /** Compares what is on the disk with what may be. */
    void weigh() {
        var now = progress;
        long bytes = bytes();
        progress = new Progress(now.task, now.done, now.total, bytes);
        limit(bytes);
    }

    void limit(long bytes) {
        if (bytes > config.bytesMax() && reason == null) {
            var message = "the repository has more than %,d bytes (git.bytes-max)".formatted(config.bytesMax());
            reason = new Problem(Problem.Kind.TOO_LARGE, "git_too_large", message, List.of());
        }
    }

    private long bytes() {
        try (var files = Files.walk(objects)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // files come and go
        }
    }

    @Override
    public void endTask() {}

    @Override
    public boolean isCancelled() {
        if (reason == null && Duration.ofMillis(steady.millis() - begun).compareTo(config.deadline()) > 0) {
            reason = Problem.timeout("the repository was not there within git.deadline");
        }
        return reason != null;
    }

    /** Fails with the reason why it was called off, if it was. */
    void check() {
        var why = reason;
        if (isCancelled() && why == null) {
            why = reason;
        }
        if (why != null) {
            throw why;
        }
    }

    @Override
    public void showDuration(boolean enabled) {}
}
