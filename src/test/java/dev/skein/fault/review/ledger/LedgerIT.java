package dev.skein.fault.review.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.fault.nodes.NodeProcess;
import dev.skein.git.Upstream;
import dev.skein.git.exchange.Mirror;
import dev.skein.git.exchange.Mirror.Source;
import dev.skein.kernel.SteadyClock;
import dev.skein.review.ledger.StrictLedger;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.TaskState;
import dev.skein.review.ledger.claim.Board;
import dev.skein.review.ledger.claim.ClaimTerms;
import dev.skein.review.ledger.claim.View;
import dev.skein.review.ledger.result.ResultFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class LedgerIT {
    private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final Duration LONGEST = Duration.ofMinutes(4);
    private static final int TASKS = 50;
    private static final int CLAIMANTS = 16;

    @TempDir
    Path folder;

    private final List<NodeProcess> processes = new ArrayList<>();
    private Upstream upstream;

    @BeforeEach
    void fill() throws Exception {
        upstream = new Upstream(folder.resolve("up"));
    }

    @AfterEach
    void stop() {
        processes.forEach(NodeProcess::close);
        upstream.close();
    }

    private void push(int directories) throws Exception {
        for (int i = 0; i < directories; i++) {
            var file = upstream.work().resolve("d%02d/notes.txt".formatted(i));
            Files.createDirectories(file.getParent());
            Files.writeString(file, "note %d\n".formatted(i));
        }
        upstream.push();
    }

    private NodeProcess run(String name, String verb, String... more) {
        var arguments =
                new ArrayList<>(List.of("review", "ledger", verb, "--remote", upstream.url(), "--branch", "main"));
        arguments.addAll(List.of(more));
        var process = NodeProcess.start(name, folder.resolve("runs"), FLAGS, arguments.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    private NodeProcess worker(String name, String... more) {
        var arguments = new ArrayList<>(List.of("--worker-id", name));
        arguments.addAll(List.of(more));
        return run(name, "work", arguments.toArray(String[]::new));
    }

    private View view(Path place) {
        var source = new Source(upstream.url(), "main", Board.CLAIMS, null);
        try (var mirror = Mirror.open(place, source)) {
            var wall = InstantSource.system();
            var view = new Board(mirror, source, ClaimTerms.DEFAULTS, wall, SteadyClock.system()).look();
            var ledger =
                    mirror.read(view.head(), ".beads/issues.jsonl", 1 << 24).orElseThrow();
            assertThat(StrictLedger.faults(ledger, true)).isEmpty();
            assertThat(mirror.list(view.head(), ResultFile.DIRECTORY)).hasSameSizeAs(view.tasks());
            return view;
        }
    }

    private static long number(NodeProcess process, String line) {
        var found = Pattern.compile(line + " *([0-9]+)").matcher(process.output());
        assertThat(found.find()).as("%s in %s", line, process.tail()).isTrue();
        return Long.parseLong(found.group(1));
    }

    @Test
    void sixteen_processes_that_race_do_each_of_fifty_tasks_once() throws Exception {
        push(TASKS);
        assertThat(run("init", "init").exitCode(LONGEST)).isZero();

        var racers = new ArrayList<NodeProcess>();
        for (int i = 0; i < CLAIMANTS; i++) {
            racers.add(worker("w" + i));
        }
        long completed = 0;
        long overhead = 0;
        for (var racer : racers) {
            assertThat(racer.exitCode(LONGEST)).as(racer::tail).isZero();
            long own = number(racer, "Tasks completed:");
            completed += own;
            overhead += own * number(racer, "Claiming took:");
            assertThat(racer.output()).doesNotContain("Late results");
        }

        assertThat(completed).isEqualTo(TASKS);
        var view = view(folder.resolve("look"));
        assertThat(view.tasks()).hasSize(TASKS).allSatisfy(task -> {
            assertThat(task.state()).isEqualTo(TaskState.DONE);
            assertThat(task.attempts()).isEqualTo(1);
        });
        assertThat(view.holders()).isEmpty();
        System.out.printf("claiming took %d ms of each task with %d claimants%n", overhead / TASKS, CLAIMANTS);
    }

    @Test
    void a_task_of_a_killed_worker_is_done_by_another_within_its_lease() throws Exception {
        push(1);
        assertThat(run("init", "init").exitCode(LONGEST)).isZero();
        try (var model = new SlowModel()) {
            var victim = worker("victim", "--lease", "3s", "--engine", "openai", "--config", model.settings());
            assertThat(model.isAskedWithin(LONGEST)).as(victim::tail).isTrue();
            var next = worker("next", "--lease", "3s");
            victim.kill();

            assertThat(next.exitCode(LONGEST)).as(next::tail).isZero();
        }

        assertThat(view(folder.resolve("look")).tasks()).singleElement().satisfies(task -> assertDone(task, "next", 2));
    }

    /** It slept through its lease, and its model answers after the task was done by another. */
    @Test
    void what_a_worker_found_that_slept_through_its_lease_is_thrown_away() throws Exception {
        push(1);
        assertThat(run("init", "init").exitCode(LONGEST)).isZero();
        try (var model = new SlowModel()) {
            var sleeper = worker("sleeper", "--lease", "3s", "--engine", "openai", "--config", model.settings());
            assertThat(model.isAskedWithin(LONGEST)).as(sleeper::tail).isTrue();
            sleeper.signal("STOP");
            var next = worker("next", "--lease", "3s");
            assertThat(next.exitCode(LONGEST)).as(next::tail).isZero();
            model.answer();
            sleeper.signal("CONT");

            assertThat(sleeper.exitCode(LONGEST)).as(sleeper::tail).isZero();
            assertThat(number(sleeper, "Late results:")).isEqualTo(1);
            assertThat(number(sleeper, "Tasks completed:")).isZero();
        }

        assertThat(view(folder.resolve("look")).tasks()).singleElement().satisfies(task -> assertDone(task, "next", 2));
    }

    @Test
    void a_worker_that_is_told_to_end_gives_its_task_back() throws Exception {
        push(1);
        assertThat(run("init", "init").exitCode(LONGEST)).isZero();
        try (var model = new SlowModel()) {
            var stopped = worker("stopped", "--engine", "openai", "--config", model.settings());
            assertThat(model.isAskedWithin(LONGEST)).as(stopped::tail).isTrue();
            stopped.signal("TERM");
            stopped.exitCode(LONGEST);
            assertThat(stopped.output()).contains("gave back", "Tasks completed: 0");

            assertThat(worker("next").exitCode(LONGEST)).isZero(); // without waiting for five minutes
        }
        assertThat(view(folder.resolve("look")).tasks()).singleElement().satisfies(task -> assertDone(task, "next", 1));
    }

    private static void assertDone(Task task, String worker, int attempts) {
        assertThat(task.state()).isEqualTo(TaskState.DONE);
        assertThat(task.issue().text("assignee")).isEqualTo(worker);
        assertThat(task.attempts()).isEqualTo(attempts);
        assertThat(task.token()).isEqualTo(2);
    }
}
