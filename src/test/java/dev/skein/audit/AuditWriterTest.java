package dev.skein.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditWriterTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
    private static final int TRIES_MAX = 3_000;
    private static final AuditConfig SMALL = new AuditConfig(4 << 10, 3);

    @TempDir
    Path folder;

    @Test
    void every_deed_is_one_line_that_names_who_what_target_outcome_request_and_token() throws IOException {
        note(
                AuditConfig.DEFAULTS,
                List.of(new Deed("ann", "admin", "group.delete", "g1", "ok", "10.0.0.1", "r1", "t1")));

        var line = lines().get(0);
        assertThat(line.path("seq").asInt()).isEqualTo(1);
        assertThat(line.path("at").asText()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(List.of("who", "role", "what", "target", "outcome", "from", "request_id", "token_id"))
                .extracting(name -> line.path(name).asText())
                .containsExactly("ann", "admin", "group.delete", "g1", "ok", "10.0.0.1", "r1", "t1");
    }

    @Test
    void only_the_owner_can_read_the_file() throws IOException {
        note(AuditConfig.DEFAULTS, deeds(1));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(current())))
                .isEqualTo("rw-------");
    }

    @Test
    void the_chain_goes_on_after_a_restart() throws IOException {
        note(AuditConfig.DEFAULTS, deeds(3));
        note(AuditConfig.DEFAULTS, deeds(2));

        assertThat(new AuditFolder(folder).verify()).isEqualTo(new AuditFolder.Checked(5, null));
    }

    /** On a file system of its own, which only root can make. */
    @Test
    void a_full_disk_breaks_no_line_and_what_is_missing_is_said_once_there_is_room() throws Exception {
        var mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString());
        assumeTrue(mounted == 0, "no file system can be mounted here");
        try {
            Files.write(folder.resolve("ballast"), new byte[48 << 10]);
            try (var writer = AuditWriter.open(folder, AuditConfig.DEFAULTS, NOW, NOW)) {
                deeds(200).forEach(writer::note);
                awaitLoss(writer);
                assertThat(new AuditFolder(folder).verify().fault()).isNull();

                Files.delete(folder.resolve("ballast"));
                deeds(1).forEach(writer::note);
            }
            assertThat(new AuditFolder(folder).verify().fault()).isNull();
            assertThat(lines()).anySatisfy(line -> {
                assertThat(line.path("what").asText()).isEqualTo("audit.lost");
                assertThat(line.path("outcome").asText()).endsWith("lines could not be kept");
            });
        } finally {
            run("umount", folder.toString());
        }
    }

    private static void awaitLoss(AuditWriter writer) throws InterruptedException {
        var never = new CountDownLatch(1);
        for (int tries = 0; writer.lost() == 0 && tries < TRIES_MAX; tries++) {
            assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(writer.lost()).isPositive();
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void files_rotate_and_the_chain_crosses_them() throws IOException {
        note(SMALL, deeds(60));

        var found = new AuditFolder(folder);
        assertThat(found.files())
                .hasSize(3)
                .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(5 << 10));
        assertThat(found.verify().fault()).isNull();
        assertThat(lines().get(lines().size() - 1).path("seq").asInt()).isEqualTo(60);
    }

    @Test
    void a_changed_a_missing_and_a_moved_line_are_found() throws IOException {
        note(AuditConfig.DEFAULTS, deeds(5));
        var sound = Files.readAllLines(current());

        rewrite(sound, (all) -> all.set(2, all.get(2).replace("target-2", "target-9")));
        assertThat(new AuditFolder(folder).verify().fault()).contains("line 3", "was changed");
        rewrite(sound, (all) -> all.remove(2));
        assertThat(new AuditFolder(folder).verify().fault()).contains("line 3", "missing");
        rewrite(sound, (all) -> all.add(1, all.remove(3)));
        assertThat(new AuditFolder(folder).verify().fault()).contains("line 2");
        rewrite(sound, (all) -> all.remove(0));
        assertThat(new AuditFolder(folder).verify().fault()).contains("line 1");
    }

    @Test
    void a_line_that_a_crash_left_half_written_is_cut_off() throws IOException {
        note(AuditConfig.DEFAULTS, deeds(2));
        Files.writeString(current(), "{\"seq\":3,\"at\":\"20", StandardOpenOption.APPEND);

        note(AuditConfig.DEFAULTS, deeds(1));

        assertThat(new AuditFolder(folder).verify()).isEqualTo(new AuditFolder.Checked(3, null));
    }

    @Test
    void a_flood_of_refusals_becomes_few_lines_with_their_number() throws IOException {
        var ticks = new ArrayList<>(List.of(0, 0, 20));
        InstantSource clock = () -> Instant.ofEpochSecond(ticks.size() > 1 ? ticks.remove(0) : ticks.get(0));
        var repeats = new Repeats(clock);
        var flood = new ArrayList<Deed>();
        for (int i = 0; i < 5_000; i++) {
            flood.add(
                    Deed.refused("http.refused", "", "deploy", "no credential").from("10.0.0.9"));
        }

        assertThat(repeats.thin(flood)).hasSize(Repeats.WHOLE_MAX);
        assertThat(repeats.thin(flood)).isEmpty();
        assertThat(repeats.thin(List.of()))
                .singleElement()
                .satisfies(deed -> assertThat(deed.outcome()).contains("9980 more"));
    }

    @Test
    void what_succeeded_is_never_thinned_out() {
        assertThat(new Repeats(NOW).thin(deeds(1_000))).hasSize(1_000);
    }

    private interface Change {
        void apply(List<String> lines);
    }

    private void rewrite(List<String> sound, Change change) throws IOException {
        var all = new ArrayList<>(sound);
        change.apply(all);
        Files.write(current(), all);
    }

    private Path current() {
        return new AuditFolder(folder).current();
    }

    private static List<Deed> deeds(int number) {
        var all = new ArrayList<Deed>();
        for (int i = 0; i < number; i++) {
            all.add(new Deed("ann", "admin", "group.deploy", "target-" + i, "ok", "", "", ""));
        }
        return all;
    }

    private void note(AuditConfig config, List<Deed> deeds) {
        try (var writer = AuditWriter.open(folder, config, NOW, NOW)) {
            deeds.forEach(writer::note);
        }
    }

    private List<JsonNode> lines() throws IOException {
        var all = new ArrayList<JsonNode>();
        new AuditFolder(folder).read(all::add);
        return all;
    }
}
