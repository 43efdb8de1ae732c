package dev.skein.fault.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.fault.nodes.TestCluster.Setup;
import dev.skein.fault.turns.MachineTurns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node under a budget of memory with jobs of which some take all they can get. */
@Tag(MachineTurns.ALONE)
class BudgetIT {
    private static final long BUDGET = 4L << 30;
    private static final long SLACK_PERCENT = 5;
    private static final String SMALL = "\"memory_bytes\": %d".formatted(128L << 20);
    private static final String MIDDLE = "\"memory_bytes\": %d".formatted(256L << 20);
    private static final String MACHINE = "\"memory_bytes\": %d".formatted(640L << 20);
    private static final long SEED = 4;

    @TempDir
    Path folder;

    private TestCluster cluster;

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** How many of what kind; of those who take all, each kind so often. */
    private record Mix(int greedyNative, int greedyHeap, int exec, int heavy, int noop, int http) {}

    @Test
    void who_takes_all_memory_is_ended_and_nobody_else_is_harmed() throws Exception {
        play(new Mix(2, 1, 8, 2, 4, 2));
    }

    @Test
    @Tag("long")
    void ten_of_a_hundred_take_all_memory_and_the_node_stays_within_its_budget() throws Exception {
        play(new Mix(5, 5, 45, 20, 15, 10));
    }

    private void play(Mix mix) throws Exception {
        var settings = """
                memory: {budget: %d}
                jobs: {slots: 40, class-path: %s, http-allow: [127.0.0.1]}""".formatted(BUDGET, JobDesk.CLASSES);
        cluster = TestCluster.start(folder, 1, Setup.heavy(settings));
        var desk = new JobDesk(cluster).awaitRunners(1);
        var greedy = new ArrayList<String>();
        var modest = new ArrayList<String>();
        List<JsonNode> ends;
        List<JsonNode> others;
        var watch = new MemoryWatch(cluster.worker(0).pid());
        try (watch) {
            for (var order : orders(mix)) {
                (order.isGreedy ? greedy : modest).add(desk.submit(order.job));
            }
            ends = greedy.stream().map(desk::ended).toList();
            others = modest.stream().map(desk::ended).toList();
        }
        System.out.printf("%d jobs under %,d MiB: %s%n", ends.size() + others.size(), BUDGET >> 20, watch);

        assertThat(ends).allSatisfy(BudgetIT::isOutOfMemory);
        assertThat(others).allSatisfy(job -> {
            assertThat(job.path("state").asText()).as("%s", job).isEqualTo("succeeded");
            assertThat(job.path("attempt").asInt()).as("%s", job).isEqualTo(1);
        });
        assertThat(watch.mostBytes()).isPositive().isLessThanOrEqualTo(BUDGET + BUDGET / 100 * SLACK_PERCENT);
        assertThat(cluster.worker(0).isAlive()).isTrue();
        desk.awaitRunners(1);
    }

    private record Order(boolean isGreedy, String job) {}

    /** In an order by chance, which is always the same. */
    private List<Order> orders(Mix mix) {
        var python = "exec python3 -c 'x=[]\nwhile True: x.append(bytearray(1<<20))'";
        var hold = "exec python3 -c 'import time; x=bytearray(80<<20); time.sleep(1.5)'";
        var tree = "for i in 1 2 3; do tail /dev/zero & done; wait";
        var natives = List.of("exec tail /dev/zero", python, tree);
        var all = new ArrayList<Order>();
        for (int i = 0; i < mix.greedyNative; i++) {
            all.add(new Order(true, JobDesk.exec(MIDDLE, natives.get(i % natives.size()))));
        }
        add(all, mix.greedyHeap, true, () -> JobDesk.heavy(MACHINE, "exhaust", ""));
        add(all, mix.exec, false, () -> JobDesk.exec(SMALL, hold));
        add(all, mix.heavy, false, () -> JobDesk.heavy(MACHINE, "hold", "64"));
        add(all, mix.noop, false, () -> JobDesk.noop("\"priority\": 4"));
        add(all, mix.http, false, this::http);
        Collections.shuffle(all, new Random(SEED));
        return all;
    }

    private static void add(List<Order> to, int many, boolean isGreedy, Supplier<String> job) {
        Stream.generate(job).limit(many).map(one -> new Order(isGreedy, one)).forEach(to::add);
    }

    private String http() {
        return "{\"type\": \"http\", \"payload\": {\"url\": \"http://127.0.0.1:%d/health\"}}".formatted(cluster.port());
    }

    private static void isOutOfMemory(JsonNode job) {
        var outcome = job.path("outcome");
        var details = outcome.path("details");
        assertThat(outcome.path("kind").asText()).as("%s", job).isEqualTo("OOM_KILLED");
        assertThat(job.path("state").asText()).isEqualTo("parked");
        assertThat(job.path("attempts").findValuesAsText("kind"))
                .as("with half as much again it fared no better")
                .containsExactly("OOM_KILLED", "OOM_KILLED");
        assertThat(details.path("peak_rss_bytes").asLong()).as("%s", details).isPositive();
        assertThat(details.path("cap_bytes").asLong())
                .isEqualTo(job.path("memory_bytes").asLong());
    }
}
