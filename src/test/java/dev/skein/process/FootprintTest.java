package dev.skein.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.process.Command.Limits;
import dev.skein.process.Ended.Cause;
import dev.skein.process.Ended.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real processes hold that share their memory, and such as do not. */
class FootprintTest {
    private static final long SOON_SECONDS = 60;
    private static final long MIB = 1L << 20;
    private static final String FORK = """
            import os, signal, time
            def touched(mib):
                held = bytearray(mib << 20)
                held[::4096] = b'x' * len(held[::4096])
                return held
            def fork(count, mib):
                kids = []
                for i in range(count):
                    kid = os.fork()
                    if kid == 0:
                        mine = touched(mib)
                        time.sleep(600)
                        os._exit(0)
                    kids.append(kid)
                return kids
            """;

    @TempDir
    Path folder;

    private final Processes processes = new Processes();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void many_children_that_share_their_parents_memory_do_not_exceed_it() throws Exception {
        var limits = new Limits(256 * MIB, 512 * MIB, 200, 100, 0, 0, null);
        var fork = FORK + "held = touched(60)\nkids = fork(100, 0)\ntime.sleep(1.5)\n"
                + "for kid in kids: os.kill(kid, signal.SIGKILL)\nfor kid in kids: os.wait()";

        var ended = run(limits, fork);

        assertThat(ended.cause()).as("%s", ended).isEqualTo(new Cause(Kind.SUCCEEDED, "", false));
        assertThat(ended.peak().residentBytes()).isBetween(60 * MIB, 256 * MIB);
    }

    @Test
    void children_that_each_take_memory_of_their_own_exceed_it_together() throws Exception {
        var limits = new Limits(256 * MIB, 512 * MIB, 200, 100, 0, 0, null);
        var fork = FORK + "held = touched(60)\nkids = fork(8, 64)\ntime.sleep(600)";

        var ended = run(limits, fork);

        assertThat(ended.cause()).as("%s", ended).isEqualTo(new Cause(Kind.OOM_KILLED, "watchdog", false));
        assertThat(ended.peak().residentBytes()).isBetween(256 * MIB, 640 * MIB);
    }

    @Test
    void a_large_parent_that_forks_without_end_hits_the_limit_of_processes_not_that_of_memory() throws Exception {
        var limits = new Limits(256 * MIB, 512 * MIB, 150, 100, 0, 0, null);
        var fork = FORK + "held = touched(30)\nfork(900, 0)\ntime.sleep(600)";

        var ended = run(limits, fork);

        assertThat(ended.cause()).as("%s", ended).isEqualTo(new Cause(Kind.LIMIT_HIT, "processes", false));
    }

    private Ended run(Limits limits, String script) throws Exception {
        var command = new Command(
                List.of("python3", "-c", script), folder, Command.environment(System.getenv(), Map.of()), limits);
        return processes.start(command, (error, bytes, length) -> {}).ended().get(SOON_SECONDS, SECONDS);
    }
}
