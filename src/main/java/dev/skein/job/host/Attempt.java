package dev.skein.job.host;

import dev.skein.job.Job.Progress;
import dev.skein.job.JobRuns.Assignment;
import dev.skein.job.JobRuns.Ending;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.NodeMemory.JobUse;
import dev.skein.job.run.JobCall;
import dev.skein.job.run.JobHandler;
import dev.skein.job.run.JobLog;
import dev.skein.kernel.Trees;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One attempt that this node has taken. Thread-safe. */
final class Attempt implements JobCall {
    final Assignment assignment;
    final JobHandler handler;
    final BoundedLog log;
    private final Instant taken;
    private final Path directory;
    private final Consumer<Progress> progress;
    private final Promise<String> stopped = Promise.promise();
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile @Nullable Instant stoppedAt;
    private volatile Instant sign;
    private volatile Instant leaseUntil = Instant.MAX;
    private volatile @Nullable LongSupplier resident;
    private boolean isDirectoryMade; // guarded by this

    /**
     * @param directory to make when it is asked for
     * @param taken steady time
     */
    Attempt(Assignment assignment, JobHandler handler, Path directory, BoundedLog log, Told told) {
        this.assignment = assignment;
        this.handler = handler;
        this.directory = directory;
        this.log = log;
        this.taken = told.taken();
        this.sign = told.taken();
        this.progress = told.progress();
    }

    /** When it began and who hears of its progress. */
    record Told(Instant taken, Consumer<Progress> progress) {}

    Ref ref() {
        return assignment.ref();
    }

    @Override
    public String jobId() {
        return ref().job();
    }

    @Override
    public int attempt() {
        return ref().attempt();
    }

    @Override
    public String payload() {
        return assignment.payload();
    }

    @Override
    public long capBytes() {
        return assignment.memoryBytes();
    }

    @Override
    public synchronized Path workingDirectory() {
        if (!isDirectoryMade) {
            try {
                Trees.delete(directory);
                Files.createDirectories(directory.getParent());
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                isDirectoryMade = true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return directory;
    }

    @Override
    public @Nullable Instant deadline() {
        return assignment.runMillis() > 0 ? taken.plusMillis(assignment.runMillis()) : null;
    }

    @Override
    public @Nullable Progress before() {
        return assignment.before();
    }

    @Override
    public JobLog log() {
        return log;
    }

    @Override
    public void progress(Progress news) {
        if (!finished.get()) {
            progress.accept(news);
        }
    }

    @Override
    public void uses(LongSupplier residentBytes) {
        resident = residentBytes;
    }

    JobUse use() {
        var measured = resident;
        return new JobUse(
                jobId(),
                attempt(),
                assignment.type(),
                assignment.memoryBytes(),
                measured == null ? null : (Long) measured.getAsLong());
    }

    @Override
    public Future<String> stopped() {
        return stopped.future();
    }

    /** Takes hold of the thread that runs it; false when it was ended before. */
    boolean begin() {
        thread.set(Thread.currentThread());
        return !finished.get();
    }

    void leaveThread() {
        thread.set(null);
    }

    void renew(Instant until) {
        leaseUntil = until;
    }

    boolean isLeaseOver(Instant now) {
        return !now.isBefore(leaseUntil);
    }

    /** The handler has given a sign of life. */
    void signed(Instant now) {
        sign = now;
    }

    /** Which of its own limits it has passed: {@code run}, {@code heartbeat}; null for none. */
    @Nullable
    String overdue(Instant now) {
        var deadline = deadline();
        if (deadline != null && now.isAfter(deadline)) {
            return "run";
        }
        long silence = assignment.heartbeatMillis();
        return silence > 0 && now.isAfter(sign.plusMillis(silence)) ? "heartbeat" : null;
    }

    /** Asks it to end; the first reason counts. */
    boolean stop(Ending why, Instant now) {
        if (!ending.compareAndSet(null, why)) {
            return false;
        }
        stoppedAt = now;
        stopped.tryComplete(why.reason());
        return true;
    }

    @Nullable
    Ending ending() {
        return ending.get();
    }

    /** Interrupts one that goes on after its grace; true once it is to be given up. */
    boolean press(Instant now, Duration abandonAfter) {
        var since = stoppedAt;
        var why = ending.get();
        if (since == null || why == null || finished.get()) {
            return false;
        }
        var graceEnd = since.plusMillis(why.graceMillis());
        var running = thread.get();
        if (running != null && now.isAfter(graceEnd)) {
            running.interrupt();
        }
        return now.isAfter(graceEnd.plus(abandonAfter));
    }

    /** True for who ends it. */
    boolean finish() {
        return finished.compareAndSet(false, true);
    }

    boolean isFinished() {
        return finished.get();
    }

    synchronized boolean hasFolder() {
        return isDirectoryMade;
    }

    /** Removes what it left; links are not followed. */
    synchronized void clean() throws IOException {
        if (isDirectoryMade) {
            Trees.delete(directory);
        }
    }
}
