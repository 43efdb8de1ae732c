package dev.skein.plane.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.index.query.Queries;
import dev.skein.index.query.Queries.ShardStatus;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The copy of a shard on the disk of another worker, and what it spares when that becomes the owner. */
class SpareTest {
    private static final int FILES = 40;

    @TempDir
    Path folder;

    private IndexNode node;
    private Path root;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectories(folder.resolve("app")).toRealPath();
        for (int i = 0; i < FILES; i++) {
            write(i, "package a; class Goose%d { int wing; }".formatted(i));
        }
        write(FILES, "package a; class Goose%d { String swans = \"%s\"; }".formatted(FILES, "x".repeat(600_000)));
        node = new IndexNode(Files.createDirectories(folder.resolve("data"))).start();
        node.startSecondWorker();
    }

    @AfterEach
    void close() throws Exception {
        if (node != null) { // it may never have started
            node.close();
        }
    }

    private void write(int number, String text) throws IOException {
        var file = root.resolve("src/a/Goose%d.java".formatted(number));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ShardStatus statusUntil(Predicate<ShardStatus> right) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            var all = node.ask(Queries.STATUS, new Queries.Status("app")).shards();
            if (!all.isEmpty() && right.test(all.get(0))) {
                return all.get(0);
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("not right in time: " + all);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos()); // copies are made when there is time
        }
    }

    @Test
    void the_next_owner_is_who_has_the_copy_and_it_is_sent_only_what_changed_since() throws Exception {
        node.add("app", root);
        node.findUntil("app", "", IndexNode::isWhole);
        var first = statusUntil(status -> status.copied().spareAsOfMillis() > 0);
        assertThat(first.worker()).isEqualTo("worker-0");
        assertThat(first.copied().spare()).isEqualTo("worker-1");
        assertThat(first.copied().received()).isEqualTo(FILES + 1);

        node.stopWorker();
        write(3, "package a; class Swan3 {}");
        node.drainFirstWorker();

        var next = statusUntil(status -> "worker-1".equals(status.worker()));
        assertThat(next.freshness().complete()).isTrue();
        var found = node.findUntil("app", "Swan3", IndexNode::isWhole);
        assertThat(found.total()).isOne();
        assertThat(node.find("app", "Goose").total()).isEqualTo(FILES);
        assertThat(statusUntil(status -> true).copied().received()).isOne();
        assertThat(node.askLeader(Workspaces.GET, new Workspaces.Get("app")).shards())
                .extracting(Shard::spare)
                .containsExactly("worker-0");
    }
}
