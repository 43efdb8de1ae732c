package dev.skein;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.audit.Deed;
import dev.skein.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeSettingsTest {
    private static final String OLD = "old-secret-of-a-cluster";
    private static final String NEW = "new-secret-of-a-cluster";

    @TempDir
    Path folder;

    @Test
    void join_keys_in_a_file_are_followed_for_members_and_for_workers_by_rest() throws IOException {
        var file = Files.writeString(folder.resolve("join.key"), OLD);
        var settings = NodeSettings.read(null, Map.of(), Map.of("cluster.join-key-file", file.toString()))
                .requireSound();
        var audit = new ArrayList<Deed>();
        var byRest = new ArrayList<List<Secret>>();
        var members = settings.followClusterKeys(audit::add);
        var workers = settings.followJoinKeys(byRest::add, audit::add);

        Files.writeString(file, NEW + "\n" + OLD);
        members.run();
        workers.run();

        var keys = settings.cluster().joinKeys();
        assertThat(keys).hasToString("JoinKeys[2]");
        assertThat(keys.isPass("n@1", keys.pass("n@1"))).isTrue();
        assertThat(byRest.get(0)).extracting(Secret::reveal).containsExactly(NEW, OLD);
        assertThat(audit).extracting(Deed::what).containsExactly("join-key.reload", "join-key.reload");

        for (var wrong : List.of("short", ",", "")) {
            Files.writeString(file, wrong);
            members.run();
            workers.run();
            assertThat(byRest).as("after \"%s\"", wrong).hasSize(1);
        }
        assertThat(keys).hasToString("JoinKeys[2]");
    }

    @Test
    void a_join_key_that_is_no_file_is_not_followed() {
        var settings = NodeSettings.read(null, Map.of(), Map.of("cluster.join-key", OLD));

        var heard = new ArrayList<Object>();

        settings.followClusterKeys(heard::add).run();
        settings.followJoinKeys(heard::add, heard::add).run();

        assertThat(heard).isEmpty();
    }
}
