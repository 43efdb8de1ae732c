package dev.skein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeArgumentsTest {
    @Test
    void both_spellings_of_a_flag_start_a_node() {
        assertThat(NodeArguments.startNode("-cluster", "-conf", "x.yaml")).isTrue();
        assertThat(NodeArguments.startNode("--cluster")).isTrue();
        assertThat(NodeArguments.startNode("--http.port=1")).isTrue();
        assertThat(NodeArguments.startNode("worker", "list")).isFalse();
        assertThat(NodeArguments.startNode("--help")).isFalse();
        assertThat(NodeArguments.startNode()).isFalse();
    }

    @Test
    void configuration_and_keys_are_kept_apart() {
        var arguments = NodeArguments.parse("-cluster", "-conf", "x.yaml", "--http.port=1");

        assertThat(arguments)
                .isEqualTo(new NodeArguments("x.yaml", Map.of("cluster.enabled", "true", "http.port", "1")));
    }

    @Test
    void what_is_not_understood_is_refused() {
        assertThatThrownBy(() -> NodeArguments.parse("-conf"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("-conf needs");
        assertThatThrownBy(() -> NodeArguments.parse("-cluster", "oops"))
                .hasMessage("expected -cluster, -conf FILE or --key=value, got oops");
    }

    @Test
    void a_role_nobody_knows_and_other_faults_are_listed_together() {
        var settings = NodeSettings.read(
                "{\"verticles\": [\"wroker\"], \"cluster\": {\"prot\": 1, \"port\": 0}}",
                Map.of("SKEIN_CLUSTER_HOTS", "x"),
                Map.of());

        assertThatThrownBy(settings::requireSound)
                .hasMessageContaining(
                        "verticles must be among coordinator, heavy-worker, http, router, worker, got wroker")
                .hasMessageContaining("unknown setting cluster.prot (inline configuration); did you mean cluster.port?")
                .hasMessageContaining("cluster.port must be between 1 and 65535, got 0 (inline configuration)")
                .hasMessageContaining("unknown setting cluster.hots (environment SKEIN_CLUSTER_HOTS)");
    }
}
