package dev.skein.heavy.compute;

import dev.skein.kernel.Problem;
import dev.skein.process.Command;
import dev.skein.process.Command.Limits;
import dev.skein.process.JvmFlags;
import dev.skein.process.Processes;
import dev.skein.process.User;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Machines that are started, and those that wait for a job of the cap that was last asked for. Who waits too long ends;
 * when they do not come up, the next is started later and later, by chance within half of that. Thread-safe.
 */
final class Machines implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Machines.class);
    private static final long PAUSE_MILLIS = 200;
    private static final long PAUSE_MILLIS_MAX = 30_000;

    private final Processes processes;
    private final Setup setup;
    private final ScheduledExecutorService clockwork;
    private final Deque<Machine> waiting = new ArrayDeque<>(); // guarded by this, as are the next four
    private long wanted; // cap of the last job
    private int starting;
    private boolean isClosed;
    private int failures; // of machines that wait, since one was of use

    /**
     * How machines are made.
     *
     * @param classPath of jobs; the product's own is added
     * @param directory they run in
     * @param user as whom; null for the node's own
     * @param warm how many wait
     * @param idle how long
     */
    record Setup(
            List<String> classPath,
            Path directory,
            @Nullable User user,
            int warm,
            Duration idle) {
        /** Somebody may have tidied up the folder, where crashes are written to. */
        void prepare() throws IOException {
            if (Files.isDirectory(directory)) {
                return;
            }
            Files.createDirectories(directory);
            if (user != null) {
                user.take(directory);
            }
        }
    }

    Machines(Processes processes, Setup setup) {
        this.processes = processes;
        this.setup = setup;
        this.clockwork = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "skein-machines");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** One for a job: that waits when the cap and the flags are right, else a new one. */
    Machine take(long capBytes, List<String> flags) throws IOException {
        if (flags.isEmpty()) {
            var warm = waiting(capBytes);
            fill(capBytes);
            if (warm != null) {
                return warm;
            }
        }
        return start(capBytes, flags);
    }

    private synchronized @Nullable Machine waiting(long capBytes) {
        while (!waiting.isEmpty()) {
            var one = waiting.poll();
            if (one.capBytes == capBytes && one.isAlive()) {
                failures = 0;
                return one;
            }
            one.kill();
        }
        return null;
    }

    /** Starts those that are to wait for a job of this cap, in the background. */
    void fill(long capBytes) {
        synchronized (this) {
            wanted = capBytes;
        }
        fill();
    }

    private synchronized void fill() {
        if (isClosed || waiting.size() + starting >= setup.warm) {
            return;
        }
        starting++;
        long doubled = failures == 0 ? 0 : Math.min(PAUSE_MILLIS_MAX, PAUSE_MILLIS << Math.min(failures, 10));
        long pause = doubled / 2 + ThreadLocalRandom.current().nextLong(doubled / 2 + 1);
        long capBytes = wanted;
        clockwork.schedule(() -> warm(capBytes), pause, TimeUnit.MILLISECONDS);
    }

    private void warm(long capBytes) {
        try {
            var made = start(capBytes, List.of());
            made.ready().thenAccept(isUp -> {
                settled(made, isUp);
                fill(); // there may be room for one more, or this one is to be replaced
            });
        } catch (Problem impossible) {
            settled(new Machine(capBytes), false);
        } catch (IOException | RuntimeException failed) {
            log.info("no machine could be started to wait for jobs: {}", failed.getMessage());
            settled(new Machine(capBytes), false);
            fill();
        }
    }

    private void settled(Machine made, boolean isUp) {
        boolean waits;
        synchronized (this) {
            starting--;
            failures += isUp ? 0 : 1;
            waits = isUp && !isClosed && made.capBytes == wanted;
            if (waits) {
                waiting.add(made);
                clockwork.schedule(() -> retire(made), setup.idle.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        if (waits) {
            made.ended().thenRun(() -> forget(made));
        } else {
            made.kill();
        }
    }

    /** Somebody ended it who waited for a job. */
    private void forget(Machine one) {
        boolean isLost;
        synchronized (this) {
            isLost = waiting.remove(one) && !isClosed;
            failures += isLost ? 1 : 0; // so that the next one takes its time
        }
        if (isLost) {
            fill();
        }
    }

    private void retire(Machine one) {
        synchronized (this) {
            if (!waiting.remove(one)) {
                return; // it has a job
            }
        }
        one.kill();
    }

    private Machine start(long capBytes, List<String> flags) throws IOException {
        setup.prepare();
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JvmFlags.of(capBytes, flags, setup.directory));
        words.addAll(List.of("-cp", classPath(), ComputeMain.class.getName()));
        var environment = Command.environment(System.getenv(), JvmFlags.environment());
        var command = new Command(
                words, setup.directory, environment, Limits.capped(capBytes).as(setup.user));
        var made = new Machine(capBytes);
        made.started(processes.start(command, made));
        return made;
    }

    private String classPath() {
        var all = new ArrayList<>(setup.classPath);
        try {
            var own = ComputeMain.class.getProtectionDomain().getCodeSource().getLocation();
            all.add(Path.of(own.toURI()).toString());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
        return String.join(":", all);
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            waiting.forEach(Machine::kill);
            waiting.clear();
        }
        clockwork.shutdownNow();
    }

    /** What a handler was configured with. */
    static Setup setup(Map<String, String> settings, Path directory) throws IOException {
        var paths = settings.getOrDefault("class-path", "");
        return new Setup(
                paths.isEmpty() ? List.of() : List.of(paths.split(":")),
                directory,
                User.named(settings.get("user")),
                Integer.parseInt(settings.getOrDefault("warm", "0")),
                Duration.ofMillis(Long.parseLong(settings.getOrDefault("idle", "300000"))));
    }
}
