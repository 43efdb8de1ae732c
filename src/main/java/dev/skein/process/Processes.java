package dev.skein.process;

import dev.skein.kernel.Ids;
import dev.skein.process.Groups.Group;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts commands in sessions of their own and watches them. One for a node; costs nothing before the first command.
 * Thread-safe.
 *
 * <p>A command is told from others by its session and by an entry of its environment. The kernel kills it when the
 * thread that started it ends, a {@link Reaper} kills everything when this process does.
 */
public final class Processes implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Processes.class);
    /** Where programs of the system are looked for. */
    private static final List<String> PLACES = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

    private static final String MARK = "SKEIN_PROCESS";
    private static final long SAMPLE_MILLIS = 100;
    private static final List<Long> GLANCES_MILLIS = List.of(8L, 25L, 60L); // before the first sample

    /** Goes into a control group, with all that it becomes and starts, while it still may. */
    private static final String ENTER = "echo 0 >\"$1\"; shift; exec \"$@\"";

    /** Sets what has no program of its own, and becomes the command. */
    private static final String BECOME = """
            umask 077
            if read -r score </proc/self/oom_score_adj && [ "$score" -lt 0 ]; then
                echo 0 >/proc/self/oom_score_adj
            fi 2>/dev/null
            exec "$@"
            """;

    private final ExecutorService threads = Executors.newCachedThreadPool(daemons("skein-process"));
    private final ExecutorService starter = Executors.newSingleThreadExecutor(daemons("skein-process-start"));
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(daemons("skein-process-watch"));
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final String mark = MARK + "=" + Ids.hex(8);
    private final Reaper reaper = new Reaper(mark);
    private final Supplier<@Nullable Groups> findGroups;
    private @Nullable Tools tools; // touched by the starter's thread only, as is the next
    private @Nullable Groups groups;
    private volatile boolean isClosed;

    public Processes() {
        this(Groups::find);
    }

    /** @param groups looks for control groups that may be used, before the first command */
    Processes(Supplier<@Nullable Groups> groups) {
        this.findGroups = groups;
    }

    /** What keeps commands in order here. */
    private record Tools(
            String setsid, String prlimit, @Nullable String setpriv, boolean isRoot) {
        static Tools find() throws IOException {
            return new Tools(required("setsid"), required("prlimit"), Processes.find("setpriv"), User.isRoot());
        }
    }

    /**
     * Whether commands can be started here.
     *
     * @throws IOException when this machine lacks what keeps commands in order
     */
    public static void check() throws IOException {
        Tools.find();
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Starts a command. One that cannot be executed ends with 126 or 127, as with shells.
     *
     * @throws IOException when no process can be made, or its folder is gone
     */
    public Running start(Command command, Output output) throws IOException {
        var own = mark + "." + Ids.hex(8);
        var begun = begun(command, own);
        var around = new Running.Surroundings(watch, own, begun.group);
        var made = new Running(begun.process, command, output, reaper, around);
        running.add(made);
        threads.execute(() -> made.drain(false));
        threads.execute(() -> made.drain(true));
        threads.execute(() -> await(made));
        GLANCES_MILLIS.forEach(millis -> watch.schedule(made::glance, millis, TimeUnit.MILLISECONDS));
        return made;
    }

    /**
     * Starts a command in the same way, but leaves its streams and its end to the caller. Its output is not counted,
     * and its memory is held by its control group alone.
     */
    public Bare bare(Command command) throws IOException {
        var own = mark + "." + Ids.hex(8);
        var begun = begun(command, own);
        return new Bare(begun.process, () -> leave(begun, own));
    }

    /** @param left to be called once after its end: what it has left behind ends too */
    public record Bare(Process process, Runnable left) {}

    private void leave(Begun begun, String own) {
        long pid = begun.process.pid();
        new Tree(pid, own).strays(ProcessTable.read()).forEach(row -> reaper.signal("KILL", row.pid()));
        reaper.drop(pid);
        if (begun.group != null) {
            begun.group.remove();
        }
    }

    private Begun begun(Command command, String own) throws IOException {
        try {
            return CompletableFuture.supplyAsync(() -> begin(command, own), starter)
                    .join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof UncheckedIOException io && io.getCause() != null) {
                throw io.getCause();
            }
            throw failed;
        }
    }

    private record Begun(Process process, @Nullable Group group) {}

    private Begun begin(Command command, String own) {
        try {
            if (isClosed) {
                throw new IOException("this node is about to stop");
            }
            var with = tools == null ? open() : tools;
            var group = group(command, own.substring(mark.length() + 1));
            var words = words(with, command);
            if (group != null) {
                words.addAll(0, List.of("/bin/sh", "-c", ENTER, "skein-enter", String.valueOf(group.door())));
            }
            return new Begun(begin(new ProcessBuilder(words), command, own), group);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Group group(Command command, String name) {
        if (groups == null || command.limits().memoryBytes() <= 0) {
            return null;
        }
        try {
            return groups.make(name, command.limits().memoryBytes());
        } catch (IOException refused) {
            log.warn("no control group could be made, so the watch alone holds a command: {}", refused.toString());
            return null;
        }
    }

    /** Before the first command. */
    private Tools open() throws IOException {
        var found = Tools.find();
        reaper.open(found.setsid);
        watch.scheduleWithFixedDelay(this::sample, SAMPLE_MILLIS, SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
        groups = findGroups.get();
        log.info(
                "commands are held to their memory by {}",
                groups == null ? "address space and a watch" : "control groups, address space and a watch");
        tools = found;
        return found;
    }

    private Process begin(ProcessBuilder builder, Command command, String own) throws IOException {
        builder.directory(command.directory().toFile());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        int equals = own.indexOf('=');
        builder.environment().put(own.substring(0, equals), own.substring(equals + 1));
        var process = builder.start();
        reaper.watch(process.pid());
        return process;
    }

    /** A session, limits, fewer rights, and then the command, each by becoming the next. */
    private static ArrayList<String> words(Tools tools, Command command) {
        var words = new ArrayList<String>(List.of(tools.setsid));
        var limits = command.limits();
        words.addAll(List.of(tools.prlimit, "--core=0:0", "--nofile=" + limits.openFilesMax()));
        if (!tools.isRoot) { // counts all threads of the user; of a tree's processes the watch keeps count
            words.add("--nproc=" + (ProcessTable.threads() + limits.processesMax()));
        }
        if (limits.addressSpaceBytes() > 0) {
            words.add("--as=" + limits.addressSpaceBytes() + ":" + limits.addressSpaceBytes());
        }
        if (limits.fileBytesMax() > 0) {
            words.add("--fsize=" + limits.fileBytesMax());
        }
        words.addAll(rights(tools, limits.user()));
        words.addAll(List.of("/bin/sh", "-c", BECOME, "skein-start"));
        words.addAll(command.words());
        return words;
    }

    private static List<String> rights(Tools tools, @Nullable User user) {
        if (tools.setpriv == null) {
            return List.of();
        }
        var words = new ArrayList<>(List.of(tools.setpriv, "--no-new-privs", "--pdeathsig", "KILL"));
        if (tools.isRoot) {
            words.addAll(List.of("--bounding-set", "-all", "--inh-caps", "-all"));
            if (user != null) {
                var group = Integer.toString(user.group());
                words.addAll(List.of("--reuid", Integer.toString(user.id()), "--regid", group, "--clear-groups"));
            }
        }
        words.add("--");
        return words;
    }

    private void await(Running made) {
        try {
            made.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            running.remove(made);
        }
    }

    private void sample() {
        if (!running.isEmpty()) {
            var table = ProcessTable.read();
            running.forEach(one -> one.sample(table));
        }
    }

    /** How many run. */
    public int count() {
        return running.size();
    }

    /** Number of the reaper's shell; 0 before the first command. */
    long reaper() {
        return reaper.pid();
    }

    /** Kills all that runs, and everything it started. */
    @Override
    public void close() {
        isClosed = true;
        running.forEach(one -> one.stop(Duration.ZERO));
        CompletableFuture.allOf(running.stream().map(Running::ended).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, 10, TimeUnit.SECONDS)
                .join();
        reaper.close();
        threads.shutdownNow();
        starter.shutdownNow();
        watch.shutdownNow();
    }

    private static String required(String program) throws IOException {
        var found = find(program);
        if (found == null) {
            throw new IOException(program + " is missing, which keeps commands in order; install util-linux");
        }
        return found;
    }

    private static @Nullable String find(String program) {
        return PLACES.stream()
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }
}
