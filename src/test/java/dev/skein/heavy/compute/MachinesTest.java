package dev.skein.heavy.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.process.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that wait for a job. */
class MachinesTest {
    private static final long CAP = 512L << 20;
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private final Processes processes = new Processes();
    private Machines machines;

    @AfterEach
    void close() {
        machines.close();
        processes.close();
    }

    @Test
    void one_that_is_killed_while_it_waits_is_replaced() {
        machines = machines(2, LONG);
        machines.fill(CAP);
        await(() -> waiting().size() == 2);
        var first = waiting();

        first.get(0).destroyForcibly();

        await(() -> waiting().stream().anyMatch(one -> !first.contains(one)));
        await(() -> waiting().size() == 2);
        assertThat(waiting()).contains(first.get(1)).doesNotContain(first.get(0));
    }

    @Test
    void one_that_waits_for_too_long_ends_and_is_not_replaced() {
        machines = machines(1, Duration.ofSeconds(1));
        machines.fill(CAP);
        await(() -> processes.count() == 1);

        await(() -> processes.count() == 0);

        assertThat(waiting()).isEmpty();
    }

    private Machines machines(int warm, Duration idle) {
        return new Machines(processes, new Machines.Setup(List.of(), folder.resolve("machines"), null, warm, idle));
    }

    private List<ProcessHandle> waiting() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .filter(child -> String.join(" ", child.info().arguments().orElse(new String[0]))
                        .contains(folder + "/machines/hs_err"))
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .sorted()
                .toList();
    }

    private static void await(BooleanSupplier what) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!what.getAsBoolean() && System.nanoTime() < until) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(what.getAsBoolean()).isTrue();
    }
}
