package dev.skein.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.audit.Deed;
import dev.skein.http.EdgeServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a running edge notes about those who come, and how much it puts up with. */
class SecurityTest {
    private static final String GROUPS = "/api/v1/cluster/pipeline-groups";

    private final EdgeServer server = new EdgeServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_change_is_noted_with_who_what_target_outcome_and_request() {
        server.open();

        server.ask("DELETE", GROUPS + "/8c5a3bcd-0000-4000-8000-000000000000")
                .key(EdgeServer.ADMIN)
                .header("x-request-id", "r-17")
                .send();

        var deed = last();
        assertThat(deed.what()).isEqualTo("deleteGroup");
        assertThat(deed.target()).isEqualTo(GROUPS + "/8c5a3bcd-0000-4000-8000-000000000000");
        assertThat(deed.role()).isEqualTo("admin");
        assertThat(deed.request()).isEqualTo("r-17");
        assertThat(deed.from()).isEqualTo("127.0.0.1");
        assertThat(deed.outcome()).isEqualTo("ok");
    }

    @Test
    void a_wrong_key_and_a_role_too_small_are_noted_without_the_key() {
        server.open();

        server.ask("GET", GROUPS).key("not-a-key-of-ours").send();
        assertThat(last().outcome()).isEqualTo("refused: unknown API key");
        server.ask("DELETE", GROUPS + "/8c5a3bcd-0000-4000-8000-000000000000")
                .key("viewer-key")
                .send();
        assertThat(last().outcome()).contains("forbidden", "admin");
        assertThat(server.audit).noneMatch(deed -> deed.toString().contains("not-a-key-of-ours"));
    }

    @Test
    void reads_are_not_noted() {
        server.open();

        server.ask("GET", GROUPS).key(EdgeServer.ADMIN).send();

        assertThat(server.audit).isEmpty();
    }

    @Test
    void who_guesses_keys_is_told_to_wait_and_whoever_has_one_is_not() {
        server.open();
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            refused += server.ask("GET", GROUPS).key("guess-" + i).send().status() == 429 ? 1 : 0;
        }

        assertThat(refused).as("of 60 guesses at once").isGreaterThan(5);
        assertThat(server.ask("GET", GROUPS).key(EdgeServer.ADMIN).send().status())
                .isEqualTo(200);
    }

    @Test
    void a_flood_of_reads_or_changes_of_one_subject_starves_neither_others_nor_heartbeats() {
        server.rates(new Limits.Rates(0, 0, 2, 2, 20)).open();
        for (int i = 0; i < 20; i++) {
            server.ask("GET", GROUPS).key("viewer-key").send();
        }

        assertThat(server.ask("GET", GROUPS).key("viewer-key").send().status()).isEqualTo(429);
        assertThat(server.ask("GET", GROUPS).key("operator-key").send().status())
                .isEqualTo(200);
        for (int i = 0; i < 20; i++) {
            var beat = server.ask("POST", "/api/v1/cluster/workers/worker-0/heartbeat")
                    .key("viewer-key")
                    .body("{\"events_processed\": 0, \"pipelines_running\": 0}")
                    .send();
            assertThat(beat.status()).isEqualTo(200);
        }
    }

    private Deed last() {
        return List.copyOf(server.audit).get(server.audit.size() - 1);
    }
}
