package dev.skein.process;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A shell beside this process that sends signals to groups without having to fork for it, and that, once this process
 * is gone, however it went, kills everything it had started. It knows them by their groups and by a variable of their
 * environment. Thread-safe.
 */
final class Reaper implements AutoCloseable {
    private static final String SCRIPT = """
            trap '' HUP INT TERM QUIT
            mark=$1 groups=' '
            while read -r verb first second; do
                case $verb in
                watch) groups="$groups$first " ;;
                drop) groups="${groups%% $first *} ${groups#* $first }" ;;
                group) kill -s "$first" -- "-$second" 2>/dev/null ;;
                one) kill -s "$first" "$second" 2>/dev/null ;;
                esac
            done
            rounds=0
            while [ $rounds -lt 100 ]; do
                rounds=$((rounds + 1))
                for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
                left=$(grep -lsz "^$mark" /proc/[0-9]*/environ)
                [ -n "$left" ] || exit 0
                for file in $left; do
                    file=${file#/proc/}
                    kill -s KILL "${file%/environ}" 2>/dev/null
                done
                sleep 0.05
            done
            """;

    private final String mark;
    private final Set<Long> groups = new LinkedHashSet<>(); // guarded by this, as are the next three
    private String setsid = "";
    private @Nullable Process shell;
    private @Nullable Writer orders;

    /** @param mark beginning of the entry of the environment that everything started here bears */
    Reaper(String mark) {
        this.mark = mark;
    }

    /** Starts the shell, before anything else is asked of it. */
    synchronized void open(String program) throws IOException {
        setsid = program;
        begin();
    }

    /** It learns of the groups that another one knew. */
    private void begin() throws IOException {
        var made = new ProcessBuilder(List.of(setsid, "/bin/sh", "-c", SCRIPT, "skein-reaper", mark))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        shell = made;
        orders = made.outputWriter(StandardCharsets.US_ASCII);
        for (var group : groups) {
            write("watch " + group);
        }
    }

    synchronized void watch(long group) {
        groups.add(group);
        order("watch " + group);
    }

    synchronized void drop(long group) {
        groups.remove(group);
        order("drop " + group);
    }

    void signalGroup(String signal, long group) {
        order("group " + signal + " " + group);
    }

    void signal(String signal, long pid) {
        order("one " + signal + " " + pid);
    }

    /** Number of the shell; 0 before it is there. */
    synchronized long pid() {
        return shell == null ? 0 : shell.pid();
    }

    /** Somebody may have killed the shell; another one then takes its place. */
    private synchronized void order(String line) {
        if (orders == null) {
            return; // nothing was started yet, or all has ended
        }
        try {
            write(line);
        } catch (IOException gone) {
            try {
                begin();
                write(line);
            } catch (IOException again) {
                throw new IllegalStateException("the reaper of processes is gone", again);
            }
        }
    }

    private void write(String line) throws IOException {
        if (orders != null) {
            orders.append(line).append('\n').flush();
        }
    }

    /** Kills what is left and ends. */
    @Override
    public synchronized void close() {
        if (shell == null || orders == null) {
            return;
        }
        try {
            orders.close();
            shell.waitFor();
        } catch (IOException gone) {
            shell.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        orders = null;
    }
}
