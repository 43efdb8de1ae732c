package dev.skein.process;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

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

    private final Process shell;
    private final Writer orders;

    /** @param mark beginning of the entry of the environment that everything started here bears */
    Reaper(String setsid, String mark) throws IOException {
        this.shell = new ProcessBuilder(List.of(setsid, "/bin/sh", "-c", SCRIPT, "skein-reaper", mark))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        this.orders = shell.outputWriter(StandardCharsets.US_ASCII);
    }

    void watch(long group) {
        order("watch " + group);
    }

    void drop(long group) {
        order("drop " + group);
    }

    void signalGroup(String signal, long group) {
        order("group " + signal + " " + group);
    }

    void signal(String signal, long pid) {
        order("one " + signal + " " + pid);
    }

    boolean isAlive() {
        return shell.isAlive();
    }

    private synchronized void order(String line) {
        try {
            orders.append(line).append('\n').flush();
        } catch (IOException gone) {
            throw new IllegalStateException("the reaper of processes is gone", gone);
        }
    }

    /** Kills what is left and ends. */
    @Override
    public void close() {
        try {
            orders.close();
            shell.waitFor();
        } catch (IOException gone) {
            shell.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
