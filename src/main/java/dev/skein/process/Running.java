package dev.skein.process;

import dev.skein.process.Ended.Cut;
import dev.skein.process.Ended.Peak;
import dev.skein.process.Groups.Group;
import dev.skein.process.ProcessTable.Row;
import dev.skein.process.Tree.Footprint;
import dev.skein.process.Tree.Footprint.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A command that runs, or has ended. Thread-safe. */
public final class Running {
    private static final int BUFFER_BYTES = 16 << 10;
    private static final int ERRORS_KEPT = 8 << 10;
    private static final long DRAIN_MILLIS = 2_000;
    private static final long AGAIN_MILLIS = 20;
    private static final long CONFIRM_MILLIS = 20; // longer than a process is its parent's twin before it runs its own
    private static final int ROUNDS_MAX = 1_000;

    private final Process process;
    private final Command command;
    private final Output output;
    private final Reaper reaper;
    private final ScheduledExecutorService watch;
    private final @Nullable Group group;
    private final Tree tree; // touched on the watch's thread only, as are the next
    private final Footprint footprint;
    private Peak peak = Peak.UNSEEN;
    private volatile long residentBytes;
    private String greedy = "";
    private volatile Cut cut = Cut.NONE; // the first reason stays
    private final AtomicLong written = new AtomicLong();
    private final StringBuilder errors = new StringBuilder();
    private final CountDownLatch drained = new CountDownLatch(2);
    private final CompletableFuture<Boolean> swept = new CompletableFuture<>();
    private final CompletableFuture<Ended> ended = new CompletableFuture<>();

    Running(Process process, Command command, Output output, Reaper reaper, Surroundings around) {
        this.process = process;
        this.command = command;
        this.output = output;
        this.reaper = reaper;
        this.watch = around.watch();
        this.group = around.group();
        this.tree = new Tree(process.pid(), around.mark());
        this.footprint = new Footprint(command.limits().memoryBytes());
    }

    /**
     * What is around.
     *
     * @param mark entry of the environment of everything the command starts
     * @param group of all its processes; null where there are no such groups
     */
    record Surroundings(
            ScheduledExecutorService watch,
            String mark,
            @Nullable Group group) {}

    public long pid() {
        return process.pid();
    }

    /** Of all its processes when they were last looked at; 0 before and after. */
    public long residentBytes() {
        return ended.isDone() ? 0 : residentBytes;
    }

    /** What it reads; close it when there is no more. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** Completes when it and everything it started are gone; never fails. */
    public CompletableFuture<Ended> ended() {
        return ended.copy();
    }

    /** Asks it to end, and kills it and everything it started after the grace. Once is enough. */
    public void stop(Duration grace) {
        cut(Cut.STOPPED, "TERM");
        watch.schedule(this::kill, grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void kill() {
        if (!ended.isDone()) {
            reaper.signalGroup("KILL", process.pid());
            process.destroyForcibly();
        }
    }

    private synchronized boolean isFirst(Cut why) {
        boolean isFirst = cut == Cut.NONE;
        cut = isFirst ? why : cut;
        return isFirst;
    }

    private void cut(Cut why, String signal) {
        if (process.isAlive() && isFirst(why)) {
            reaper.signalGroup(signal, process.pid());
        }
    }

    /** Reads a stream to its end, on the caller's thread. */
    void drain(boolean isErrors) {
        try (InputStream stream = isErrors ? process.getErrorStream() : process.getInputStream()) {
            var buffer = new byte[BUFFER_BYTES];
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                take(isErrors, buffer, read);
            }
        } catch (IOException closed) {
            return; // whoever held it is being ended
        } finally {
            drained.countDown();
        }
    }

    private void take(boolean isErrors, byte[] buffer, int length) {
        if (isErrors) {
            synchronized (errors) {
                errors.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
                errors.delete(0, Math.max(0, errors.length() - ERRORS_KEPT));
            }
        }
        long most = command.limits().outputBytesMax();
        if (written.addAndGet(length) > most && most > 0) {
            cut(Cut.OUTPUT, "KILL");
        }
        output.write(isErrors, buffer, length);
    }

    /** Looks at what it uses, on the watch's thread. */
    void sample(List<Row> table) {
        if (ended.isDone()) {
            return;
        }
        var members = tree.members(table);
        if (members.size() > command.limits().processesMax()) { // before their memory: there is no end of them
            cut(Cut.PROCESSES, "KILL");
            return;
        }
        var verdict = footprint.look(members);
        note(members, footprint.bytes());
        if (verdict == Verdict.EXCEEDED) {
            cut(Cut.MEMORY, "KILL");
        } else if (verdict == Verdict.SUSPECTED) {
            watch.schedule(() -> sample(ProcessTable.read()), CONFIRM_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void note(List<Row> members, long bytes) {
        residentBytes = bytes;
        if (bytes > peak.residentBytes()) {
            greedy = members.stream()
                    .max(Comparator.comparingLong(Row::residentBytes))
                    .map(Row::name)
                    .orElse("");
        }
        long address = members.stream().mapToLong(Row::addressBytes).max().orElse(0);
        peak = new Peak(Math.max(bytes, peak.residentBytes()), Math.max(address, peak.addressBytes()));
    }

    /** A short look at its first process alone, for those that do not live until the next sample. */
    void glance() {
        var row = ended.isDone() ? null : ProcessTable.row(process.pid());
        if (row != null && !row.isGone() && row.residentBytes() > residentBytes) {
            note(List.of(row), row.residentBytes());
        }
    }

    /** Ends what it left behind, again and again until nothing is; on the watch's thread. */
    private void sweep(int rounds) {
        var left = tree.strays(ProcessTable.read());
        if (left.isEmpty() || rounds == 0) {
            reaper.drop(process.pid());
            swept.complete(left.isEmpty());
            return;
        }
        reaper.signalGroup("KILL", process.pid());
        left.forEach(row -> reaper.signal("KILL", row.pid()));
        watch.schedule(() -> sweep(rounds - 1), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Waits for its end and tells of it, on the caller's thread. */
    void await() throws InterruptedException {
        int status = process.waitFor();
        watch.execute(() -> sweep(ROUNDS_MAX));
        swept.join();
        if (!drained.await(DRAIN_MILLIS, TimeUnit.MILLISECONDS)) {
            closeStreams();
        }
        var most = leaveGroup(status);
        synchronized (errors) {
            ended.complete(new Ended(status, cut, most, command.limits().memoryBytes(), errors.toString(), greedy));
        }
    }

    /** What the kernel knows better than the watch. */
    private Peak leaveGroup(int status) {
        if (group == null) {
            return peak;
        }
        if (status != 0 && group.isExhausted()) {
            isFirst(Cut.GROUP);
        }
        long resident = Math.max(peak.residentBytes(), group.peakBytes().orElse(0));
        group.remove();
        return new Peak(resident, peak.addressBytes());
    }

    private void closeStreams() {
        try {
            process.getInputStream().close();
            process.getErrorStream().close();
        } catch (IOException closed) {
            return; // that is what was wanted
        }
    }
}
