package dev.skein.job.mcp.stdio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * One shell for all servers of this process. It reads orders from its standard input, which only this process holds
 * open: when this process dies, by whatever signal, the input ends and the shell kills every group that is left. A
 * parent-death signal would not do: it is bound to the thread that started the child and is lost in grandchildren.
 */
/** Sends signals to groups of processes, and ends them all when this process is gone. Thread safe. */
public final class Warden implements AutoCloseable {
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            groups=" "
            while read -r order group; do
              case $order in
                add) groups="$groups$group " ;;
                del) groups="${groups%% $group *} ${groups#* $group }" ;;
                *) kill -s "$order" -- "-$group" 2>/dev/null ;;
              esac
            done
            for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
            """;
    private static final int END_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Warden.class);

    private final Process shell;
    private final OutputStream orders; // guarded by this
    private boolean closed; // guarded by this

    private Warden(Process shell) {
        this.shell = shell;
        orders = shell.getOutputStream();
    }

    /** Starts the shell; blocks for the few milliseconds that this takes. */
    public static Warden start() throws IOException {
        var builder = new ProcessBuilder(List.of("setsid", "/bin/sh", "-c", SCRIPT))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        return new Warden(builder.start());
    }

    void add(long group) {
        order("add", group);
    }

    /** Kills what is left of a group and forgets it. */
    void remove(long group) {
        order("KILL", group);
        order("del", group);
    }

    void signal(String name, long group) {
        order(name, group);
    }

    private synchronized void order(String verb, long group) {
        if (closed) {
            return; // it has ended every group
        }
        try {
            orders.write((verb + " " + group + "\n").getBytes(StandardCharsets.US_ASCII));
            orders.flush();
        } catch (IOException e) {
            LOG.warn("the shell that ends MCP servers is gone; {} did not reach group {}", verb, group);
        }
    }

    /** Ends every group that is left and the shell itself; blocks until it has ended, within a bound. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            orders.close();
            if (!shell.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            shell.destroyForcibly();
        } catch (InterruptedException e) {
            shell.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
