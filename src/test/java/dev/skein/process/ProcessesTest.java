package dev.skein.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.process.Command.Limits;
import dev.skein.process.Ended.Cause;
import dev.skein.process.Ended.Cut;
import dev.skein.process.Ended.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes that behave well and badly. */
class ProcessesTest {
    private static final long SOON_SECONDS = 60;
    private static final long MIB = 1L << 20;
    private static final Limits ROOMY = Limits.capped(512 * MIB);

    @TempDir
    Path folder;

    private final Processes processes = new Processes();

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void streams_folder_environment_and_code_are_the_commands() throws Exception {
        var out = new ByteArrayOutputStream();
        var command = new Command(
                List.of("sh", "-c", "read a; echo \"$a $PWD $ONE\"; env | wc -l; umask; echo bad >&2; exit 7"),
                folder,
                Map.of("PATH", System.getenv("PATH"), "ONE", "1"),
                ROOMY);

        var running = processes.start(command, (error, bytes, length) -> {
            if (!error) {
                out.write(bytes, 0, length);
            }
        });
        running.input().write("hello\n".getBytes(StandardCharsets.UTF_8));
        running.input().close();
        var ended = running.ended().get(SOON_SECONDS, SECONDS);

        assertThat(ended.status()).isEqualTo(7);
        assertThat(ended.lastErrors()).isEqualTo("bad\n");
        assertThat(ended.cause()).isEqualTo(new Cause(Kind.FAILED, "", false));
        var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines.get(0)).isEqualTo("hello " + folder + " 1");
        assertThat(Integer.parseInt(lines.get(1)))
                .as("only what was given, and PWD")
                .isLessThanOrEqualTo(5);
        assertThat(lines.get(2)).isEqualTo("0077");
    }

    @Test
    void nothing_runs_before_the_first_command_and_a_reaper_that_was_killed_is_replaced() throws Exception {
        assertThat(processes.reaper()).isZero();
        var running = processes.start(command(ROOMY, "sleep", "606"), (error, bytes, length) -> {});
        var first = ProcessHandle.of(processes.reaper()).orElseThrow();
        first.destroyForcibly();
        first.onExit().get(SOON_SECONDS, SECONDS);

        running.stop(Duration.ofSeconds(SOON_SECONDS));

        assertThat(running.ended().get(SOON_SECONDS, SECONDS).status()).isEqualTo(143);
        assertThat(processes.reaper()).isNotZero().isNotEqualTo(first.pid());
    }

    @Test
    void words_are_never_read_by_a_shell() throws Exception {
        assertThat(run(ROOMY, "echo", "$(id); `id` && id | x > y * '").text())
                .isEqualTo("$(id); `id` && id | x > y * '\n");
    }

    @Test
    void limits_reach_every_process() throws Exception {
        var run = run(ROOMY, "sh", "-c", "cat /proc/self/limits; grep -E 'NoNewPrivs|CapEff' /proc/self/status");

        assertThat(run.text().replaceAll(" +", " "))
                .contains("Max address space 536870912 536870912")
                .contains("Max core file size 0 0")
                .contains("Max open files 4096 4096")
                .contains("NoNewPrivs:\t1")
                .contains("CapEff:\t0000000000000000");
    }

    @Test
    void a_command_whose_streams_are_its_callers_has_the_same_limits_and_leaves_nothing_behind() throws Exception {
        var script = "setsid sleep 609 >/dev/null 2>&1 & grep -E 'NoNewPrivs|CapEff' /proc/self/status";
        var bare = processes.bare(command(Limits.watched(512 * MIB), "sh", "-c", script));

        assertThat(new String(bare.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("NoNewPrivs:\t1", "CapEff:\t0000000000000000");
        bare.process().waitFor();
        bare.left().run();
        awaitSleeping("609", 0);
    }

    @Test
    void where_this_is_root_a_command_runs_as_another_user_and_ends_all_the_same() throws Exception {
        assumeTrue(User.isRoot(), "only root can be somebody else");
        var nobody = User.named("nobody");
        assertThat(nobody).isNotNull();
        var own = Files.createDirectory(folder.resolve("own"));
        nobody.take(own);
        var script = "id -un; id -G; umask; echo x > mine; cat " + folder + "/secret; touch /etc/mine; exec sleep 607";
        Files.writeString(folder.resolve("secret"), "seen");
        Files.setPosixFilePermissions(folder.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
        var text = new StringBuffer();
        var limits = ROOMY.as(nobody);
        var command =
                new Command(List.of("sh", "-c", script), own, Command.environment(System.getenv(), Map.of()), limits);
        var running = processes.start(
                command, (error, bytes, length) -> text.append(new String(bytes, 0, length, StandardCharsets.UTF_8)));
        awaitSleeping("607", 1);

        running.stop(Duration.ofSeconds(SOON_SECONDS));
        running.ended().get(SOON_SECONDS, SECONDS);

        assertThat(text.toString().lines().filter(line -> !line.contains("denied")))
                .containsExactly("nobody", Integer.toString(nobody.group()), "0077");
        assertThat(Files.readString(own.resolve("mine"))).isEqualTo("x\n");
        assertThat(sleeping("607")).isZero();
    }

    @Test
    void a_user_that_does_not_exist_is_refused() throws Exception {
        assumeTrue(User.isRoot(), "only root can be somebody else");

        assertThatThrownBy(() -> User.named("no-such-user")).hasMessage("there is no user no-such-user");
        assertThatThrownBy(() -> User.named("--help")).isInstanceOf(IOException.class);
        assertThat(User.named("")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"/nonesuch, 127", "nonesuch, 127", "/etc/passwd, 126"})
    void what_cannot_be_executed_ends_as_with_shells(String program, int status) throws Exception {
        assertThat(run(ROOMY, program).ended.status()).isEqualTo(status);
    }

    @Test
    void a_folder_that_is_gone_is_told_before_anything_runs() {
        var command = new Command(List.of("true"), folder.resolve("gone"), Map.of(), ROOMY);

        assertThatThrownBy(() -> processes.start(command, (error, bytes, length) -> {}))
                .isInstanceOf(IOException.class);
    }

    @Test
    void python_that_allocates_without_end_is_out_of_memory_by_the_kernels_limit() throws Exception {
        var ended = run(ROOMY, "python3", "-c", "x=[]\nwhile True: x.append(bytearray(1<<20))").ended;

        assertThat(ended.cause()).isEqualTo(new Cause(Kind.OOM_KILLED, "rlimit", false));
    }

    @Test
    void a_tree_that_holds_too_much_together_is_out_of_memory_by_the_watch() throws Exception {
        var hold = "python3 -c 'import time; x=bytearray(60<<20); time.sleep(600)' & ";
        var limits = new Limits(128 * MIB, 512 * MIB, 100, 100, 0, 0, null);

        var ended = run(limits, "sh", "-c", hold + hold + hold + "wait").ended;

        assertThat(ended.cause()).isEqualTo(new Cause(Kind.OOM_KILLED, "watchdog", false));
        assertThat(ended.peak().residentBytes()).isBetween(128 * MIB, 400 * MIB);
        assertThat(ended.process()).startsWith("python");
    }

    @Test
    void what_a_tree_shares_counts_once() throws Exception {
        var limits = new Limits(256 * MIB, 512 * MIB, 100, 100, 0, 0, null);
        Files.write(folder.resolve("big"), new byte[(int) (60 * MIB)]);
        var look = "import mmap,os,time\nf=open('big','rb')\nm=mmap.mmap(f.fileno(),0,prot=mmap.PROT_READ)\n"
                + "for i in range(6): os.fork() or (sum(m[::4096]),time.sleep(1),os._exit(0))\n"
                + "for i in range(6): os.wait()";

        var ended = run(limits, "python3", "-c", look).ended;

        assertThat(ended.cause()).as("%s", ended).isEqualTo(new Cause(Kind.SUCCEEDED, "", false));
        assertThat(ended.peak().residentBytes()).isLessThan(256 * MIB);
    }

    @Test
    void forking_without_end_hits_the_limit_of_processes_and_leaves_none() throws Exception {
        var limits = new Limits(0, 0, 50, 100, 0, 0, null);

        var run = run(limits, "sh", "-c", "while :; do sleep 600 & done");

        assertThat(run.ended.cause()).isEqualTo(new Cause(Kind.LIMIT_HIT, "processes", false));
        assertThat(left(run)).isEmpty();
    }

    @Test
    void output_beyond_all_measure_hits_its_limit() throws Exception {
        var limits = new Limits(0, 0, 50, 100, 0, 64 * MIB, null);
        var seen = new AtomicLong();

        var ended = processes
                .start(command(limits, "head", "-c", "10G", "/dev/zero"), (error, bytes, n) -> seen.addAndGet(n))
                .ended()
                .get(SOON_SECONDS, SECONDS);

        assertThat(ended.cause()).isEqualTo(new Cause(Kind.LIMIT_HIT, "output", false));
        assertThat(seen.get()).isBetween(64 * MIB, 1024 * MIB);
    }

    @Test
    void who_ignores_the_signal_is_killed_after_the_grace_with_all_that_left_the_session() throws Exception {
        var up = new CompletableFuture<String>();
        var script = "trap '' TERM; setsid sleep 600 & (setsid sleep 601 &) ; echo up; while :; do sleep 1; done";
        var running = processes.start(
                command(ROOMY, "sh", "-c", script),
                (error, bytes, length) -> up.complete(new String(bytes, 0, length, StandardCharsets.UTF_8)));
        up.get(SOON_SECONDS, SECONDS);

        running.stop(Duration.ofMillis(200));
        var ended = running.ended().get(SOON_SECONDS, SECONDS);

        assertThat(ended.cut()).isEqualTo(Cut.STOPPED);
        assertThat(ended.status()).isEqualTo(137);
        assertThat(sleeping("60[01]")).isZero();
    }

    @Test
    void what_a_command_leaves_behind_ends_with_it() throws Exception {
        var run = run(ROOMY, "sh", "-c", "setsid sleep 602 >/dev/null 2>&1 & (sleep 603 >/dev/null 2>&1 &) ; exit 0");

        assertThat(run.ended.cause().kind()).isEqualTo(Kind.SUCCEEDED);
        assertThat(sleeping("60[23]")).isZero();
    }

    @Test
    void a_killed_node_leaves_nothing_behind() throws Exception {
        var node = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Node.class.getName())
                .start();
        try {
            assertThat(node.inputReader().readLine()).isEqualTo("up");
            awaitSleeping("60[45]", 2); // the shell is faster than what it starts
        } finally {
            node.destroyForcibly().waitFor();
        }

        awaitSleeping("60[45]", 0);
    }

    private static void awaitSleeping(String seconds, long wanted) throws Exception {
        long until = System.nanoTime() + SECONDS.toNanos(SOON_SECONDS);
        while (sleeping(seconds) != wanted && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(sleeping(seconds)).isEqualTo(wanted);
    }

    /** Stands for a node. */
    static final class Node {
        public static void main(String[] arguments) throws Exception {
            var script = "setsid sleep 604 & sleep 605 & echo up; wait";
            new Processes()
                    .start(
                            new Command(
                                    List.of("sh", "-c", script),
                                    Path.of("/tmp"),
                                    Map.of("PATH", System.getenv("PATH")),
                                    ROOMY),
                            (error, bytes, length) -> {
                                System.out.write(bytes, 0, length);
                                System.out.flush();
                            })
                    .ended()
                    .join();
        }
    }

    @Test
    void words_about_memory_are_no_lack_of_it() throws Exception {
        var ended = run(ROOMY, "sh", "-c", "echo 'out of memory: java.lang.OutOfMemoryError' >&2; exit 1").ended;

        assertThat(ended.cause()).isEqualTo(new Cause(Kind.FAILED, "", true));
    }

    @Test
    void memory_that_is_taken_slowly_and_never_touched_runs_out_at_the_limit_of_address_space() throws Exception {
        var slowly = "import mmap,time,sys\nx=[]\ntry:\n  while True: x.append(mmap.mmap(-1,40<<20)); time.sleep(.2)\n"
                + "except OSError as e: sys.exit('mmap: ' + e.strerror)";

        var ended = run(ROOMY, "python3", "-c", slowly).ended;

        assertThat(ended.cause()).as("%s", ended).isEqualTo(new Cause(Kind.OOM_KILLED, "rlimit", false));
        assertThat(ended.peak().addressBytes()).isBetween(400 * MIB, 512 * MIB);
    }

    @Test
    void what_is_gone_before_the_first_sample_was_still_seen_if_it_lived_for_a_moment() throws Exception {
        assertThat(run(ROOMY, "sleep", "0.09").ended.peak().residentBytes()).isPositive();
    }

    private record Run(Ended ended, String text, long pid) {}

    private Run run(Limits limits, String... words) throws Exception {
        var out = new ByteArrayOutputStream();
        var running = processes.start(command(limits, words), (error, bytes, length) -> out.write(bytes, 0, length));
        running.input().close();
        var ended = running.ended().get(SOON_SECONDS, SECONDS);
        return new Run(ended, out.toString(StandardCharsets.UTF_8), running.pid());
    }

    private Command command(Limits limits, String... words) {
        return new Command(List.of(words), folder, Command.environment(System.getenv(), Map.of()), limits);
    }

    private static List<ProcessTable.Row> left(Run run) {
        return ProcessTable.read().stream()
                .filter(row -> row.session() == run.pid && !row.isGone())
                .toList();
    }

    /** How many sleep for so long. */
    private static long sleeping(String seconds) {
        return ProcessHandle.allProcesses()
                .filter(process -> words(process.pid()).matches("sleep\0" + seconds + "\0"))
                .count();
    }

    private static String words(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
        } catch (IOException ended) {
            return "";
        }
    }
}
