package dev.skein.cli.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bin/skein limit} with real processes. */
class LimitTest {
    private static final String LIMIT = Path.of("bin/skein").toAbsolutePath().toString();
    private static final long SOON_SECONDS = 60;

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    private record Ended(int exit, String out, String err) {}

    @AfterEach
    void end() throws InterruptedException {
        for (var process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--as 64m -- exit 0                | 0   | ''",
                "exit 7                            | 7   | ''",
                "--no-as --no-cpu --no-stack exit 3 | 3  | ''",
                "--stack 1MiB --cpu=60 exit 4      | 4   | ''",
                "kill -9 $$                        | 137 | ''",
                "kill -15 $$                       | 143 | ''",
                "--cpu 1 while :; do :; done       | 152 | ''",
                "CMD nonesuch-command              | 127 | 'not found'",
                "CMD /nonesuch/command             | 127 | 'not found'",
                "CMD /etc/passwd                   | 126 | 'Permission denied'",
                "CMD /etc                          | 126 | 'Permission denied'",
                "CMD --                            | 2   | 'no command'",
                "CMD --as                          | 2   | '--as needs a value'",
                "CMD --cpu                         | 2   | '--cpu needs a value'",
                "CMD --bogus true                  | 2   | 'unknown option: --bogus'",
                "CMD -v true                       | 2   | 'unknown option: -v'",
                "CMD --as= true                    | 0   | ''",
                "CMD --as 1 true                   | 2   | '--as: 1 bytes are too few'",
                "CMD --as OFF true                 | 0   | ''",
                "CMD --as 0 true                   | 0   | ''",
                "CMD --as unlimited true           | 0   | ''",
                "CMD --as 4GiB true                | 0   | ''",
                "CMD --as 1_000_000_000 true       | 0   | ''",
                "CMD --as 0000000000000000000008g true | 0 | ''",
                "CMD --as 9223372036854775807 true | 0   | ''",
                "CMD --as 9223372036854775808 true | 2   | '--as: overflow: 9223372036854775808'",
                "CMD --as 8388608t true            | 2   | '--as: overflow: 8388608t'",
                "CMD --as 4X true                  | 2   | '--as: unknown unit: 4X'",
                "CMD --as 4gigs true               | 2   | '--as: unknown unit: 4gigs'",
                "CMD --as -4G true                 | 2   | '--as: invalid number: -4G'",
                "CMD --as +4G true                 | 2   | '--as: invalid number: +4G'",
                "CMD --as 1.5G true                | 2   | '--as: invalid number: 1.5G'",
                "CMD --as 1__0 true                | 2   | '--as: invalid number: 1__0'",
                "CMD --as _1 true                  | 2   | '--as: invalid number: _1'",
                "CMD --as -- true                  | 2   | '--as: invalid number: --'",
                "CMD --stack many true             | 2   | '--stack: invalid number: many'",
                "CMD --cpu 1h true                 | 2   | '--cpu: invalid seconds: 1h'",
                "CMD --cpu 1.5 true                | 2   | '--cpu: invalid seconds: 1.5'",
                "CMD --slots two true              | 2   | '--slots: invalid number: two'",
                "CMD --slots 4096 true             | 2   | '--slots: more than 1024: 4096'"
            })
    void each_case_ends_with_its_code_and_one_line(String words, int exit, String said) throws Exception {
        var command = new ArrayList<String>(List.of(LIMIT, "limit"));
        if (words.startsWith("CMD ")) {
            command.addAll(List.of(words.substring(4).split(" ")));
        } else {
            split(words, command);
        }

        var run = run(command);

        assertThat(run.exit).as(run.err).isEqualTo(exit);
        assertThat(run.err).contains(said);
        assertThat(run.err.lines().count()).isEqualTo(said.isEmpty() ? 0 : 1);
    }

    /** The options as they are, and the rest as a script of a shell. */
    private static void split(String words, List<String> command) {
        var rest = new ArrayList<>(List.of(words.split(" ")));
        while (rest.get(0).startsWith("-")) {
            var option = rest.remove(0);
            command.add(option);
            if (option.matches("--(as|cpu|stack)")) {
                command.add(rest.remove(0));
            }
        }
        command.addAll(List.of("sh", "-c", String.join(" ", rest)));
    }

    @Test
    void the_jar_alone_runs_the_same_script() {
        assertThat(Run.of("limit", "--as", "1G", "--no-cpu", "sh", "-c", "[ $(ulimit -Hv) = 1048576 ] && exit 7")
                        .exit())
                .isEqualTo(7);
        assertThat(Run.of("limit", "--as=1G", "--", "sh", "-c", "kill -9 $$").exit())
                .isEqualTo(137);
        assertThat(Run.of("limit", "--as", "1G").exit()).isEqualTo(2);
        assertThat(Run.of("limit", "--bogus", "true").exit()).isEqualTo(2);
    }

    @Test
    void limits_are_soft_and_hard_and_reach_every_child() throws Exception {
        var show = "cat /proc/self/limits | sed -n 's/  */ /g; /address space\\|cpu time\\|stack/p'";

        assertThat(limit("--as", "1 gib", "--cpu", "50", "--stack", "2M", "--", "sh", "-c", show).out)
                .contains("Max address space 1073741824 1073741824 ")
                .contains("Max cpu time 50 51 ")
                .contains("Max stack size 2097152 2097152 ");
        assertThat(limit("sh", "-c", show).out).contains("Max address space 4294967296 4294967296 ");
        assertThat(limitWith(Map.of("LIMIT_AS", "2G"), "sh", "-c", show).out).contains(" 2147483648 2147483648 ");
        assertThat(limitWith(Map.of("LIMIT_AS", "2G"), "--as", "3G", "sh", "-c", show).out)
                .contains(" 3221225472 3221225472 ");
        assertThat(limitWith(Map.of("LIMIT_AS", "much"), "true").err).contains("LIMIT_AS: invalid number: much");
    }

    @Test
    void without_a_working_prlimit_the_shell_sets_them() throws Exception {
        Files.writeString(folder.resolve("prlimit"), "#!/bin/sh\nexit 1\n");
        assertThat(folder.resolve("prlimit").toFile().setExecutable(true)).isTrue();
        var path = Map.of("PATH", folder + ":" + System.getenv("PATH"));

        assertThat(limitWith(path, "--as", "1G", "sh", "-c", "ulimit -Sv; ulimit -Hv").out)
                .isEqualTo("1048576\n1048576\n");
    }

    @Test
    void what_cannot_be_set_is_refused_and_a_default_never_raises() throws Exception {
        var weak = new ArrayList<String>();
        if (Files.isWritable(Path.of("/proc/sys/kernel/core_pattern"))) { // root: without the right to raise limits
            weak.addAll(List.of("setpriv", "--bounding-set", "-sys_resource", "--"));
        }
        var outer = new ArrayList<>(List.of(LIMIT, "limit", "--as", "1G"));
        outer.addAll(weak);

        var raised = run(with(outer, LIMIT, "limit", "--as", "2G", "true"));
        var kept = run(with(outer, LIMIT, "limit", "sh", "-c", "ulimit -Hv"));

        assertThat(raised.exit).isEqualTo(125);
        assertThat(raised.err).contains("cannot set --as 2147483648");
        assertThat(kept.out).isEqualTo("1048576\n");
    }

    @Test
    void streams_and_folder_are_the_commands() throws Exception {
        var process = begin(Map.of(), LIMIT, "limit", "sh", "-c", "read line; echo \"$line\"; pwd; echo bad >&2");
        process.outputWriter().append("hello\n").close();

        assertThat(process.inputReader().lines()).containsExactly("hello", folder.toString());
        assertThat(process.errorReader().lines()).containsExactly("bad");
    }

    @Test
    void a_slot_is_busy_as_long_as_anything_of_its_command_lives() throws Exception {
        var child = "import subprocess,sys; p=subprocess.Popen(['sleep','600'],close_fds=True,start_new_session=True,"
                + "stdin=subprocess.DEVNULL,stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL);"
                + "print(p.pid,flush=True); sys.stdin.read()";
        var command = begin(Map.of(), slotted("python3", "-c", child));
        long left = Long.parseLong(command.inputReader().readLine());
        assertThat(isFree()).isFalse();

        command.destroyForcibly().waitFor();

        assertThat(isFree()).as("its child still runs").isFalse();
        assertThat(ProcessHandle.of(left).orElseThrow().destroyForcibly()).isTrue();
        assertThat(run(List.of(slotted("--slot-wait", "60", "true"))).exit).isZero();
    }

    @Test
    void killing_the_wrapper_kills_the_command_and_frees_the_slot() throws Exception {
        var command = begin(Map.of(), slotted("sh", "-c", "echo $$; exec sleep 600"));
        assertThat(command.inputReader().readLine()).isEqualTo(String.valueOf(command.pid()));

        command.destroyForcibly().waitFor();

        assertThat(run(List.of(slotted("--slot-wait", "60", "true"))).exit).isZero();
    }

    @Test
    void waiting_is_told_bounded_and_ended_by_a_signal() throws Exception {
        var holder = begin(Map.of(), slotted("sh", "-c", "echo up; exec sleep 600"));
        assertThat(holder.inputReader().readLine()).isEqualTo("up");

        var bounded = run(List.of(slotted("--slot-wait", "1", "true")));
        var waiting = begin(Map.of(), slotted("true"));
        var told = waiting.errorReader().readLine();
        waiting.destroy();

        assertThat(bounded.exit).isEqualTo(125);
        assertThat(bounded.err).contains("no slot became free within 1 s").contains("process " + holder.pid() + " for");
        assertThat(told).contains("waiting for one of 1 slots");
        assertThat(waiting.waitFor()).isEqualTo(143);
    }

    @Test
    void a_call_inside_a_slot_uses_it() throws Exception {
        assertThat(run(List.of(slotted(slotted("echo", "inner")))).out).isEqualTo("inner\n");
    }

    @Test
    void twenty_at_once_never_run_more_than_the_slots() throws Exception {
        var locked = "flock f sh -c 'echo x >>running; [ $(wc -l <running) -le 2 ] || echo over >>over';"
                + " sleep 0.05; flock f sed -i 1d running";
        var all = new ArrayList<Process>();
        for (int i = 0; i < 20; i++) {
            all.add(begin(Map.of(), LIMIT, "limit", "--slot-dir", dir(), "--slots", "2", "sh", "-c", locked));
        }

        for (var one : all) {
            assertThat(one.waitFor()).isZero();
        }
        assertThat(folder.resolve("over")).doesNotExist();
    }

    @Test
    void without_locks_nothing_runs_unless_asked_to() throws Exception {
        var tools = Files.createDirectories(folder.resolve("tools"));
        for (var tool : List.of("sh", "cat", "readlink", "id", "mkdir", "true", "prlimit")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }
        var path = Map.of("PATH", tools.toString());

        var refused = limitWith(path, "--slot-dir", dir(), "--slots", "1", "true");

        assertThat(refused.exit).isEqualTo(125);
        assertThat(refused.err).contains("there is no flock");
        assertThat(limitWith(path, "--slots", "1", "--no-slots", "true").exit).isZero();
    }

    @Test
    void a_folder_that_is_a_link_is_no_place_for_slots() throws Exception {
        Files.createSymbolicLink(folder.resolve("slots"), Path.of("."));

        assertThat(run(List.of(slotted("true"))).err).contains("is no folder of yours for slots");
    }

    private String dir() {
        return folder.resolve("slots").toString();
    }

    private String[] slotted(String... words) {
        return with(List.of(LIMIT, "limit", "--slot-dir", dir(), "--slots", "1"), words)
                .toArray(String[]::new);
    }

    private boolean isFree() throws Exception {
        return run(List.of("flock", "-n", dir() + "/slot-0", "true")).exit == 0;
    }

    private static List<String> with(List<String> first, String... more) {
        var all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    private Ended limit(String... words) throws Exception {
        return limitWith(Map.of(), words);
    }

    private Ended limitWith(Map<String, String> environment, String... words) throws Exception {
        return ended(begin(environment, with(List.of(LIMIT, "limit"), words).toArray(String[]::new)));
    }

    private Ended run(List<String> command) throws Exception {
        return ended(begin(Map.of(), command.toArray(String[]::new)));
    }

    private Process begin(Map<String, String> environment, String... command) throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        List.of("LIMIT_AS", "LIMIT_CPU", "LIMIT_STACK", "LIMIT_SLOTS", "SKEIN_LIMIT_SLOT")
                .forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        var process = builder.start();
        started.add(process);
        return process;
    }

    private static Ended ended(Process process) throws Exception {
        process.getOutputStream().close();
        var out = all(process.inputReader(StandardCharsets.UTF_8));
        var err = all(process.errorReader(StandardCharsets.UTF_8));
        assertThat(process.waitFor(SOON_SECONDS, SECONDS)).isTrue();
        return new Ended(process.exitValue(), out, err);
    }

    private static String all(BufferedReader stream) throws IOException {
        var text = new StringBuilder();
        for (int read = stream.read(); read >= 0; read = stream.read()) {
            text.append((char) read);
        }
        return text.toString();
    }
}
