package dev.skein.bus.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Secret;
import org.junit.jupiter.api.Test;

class JoinKeysTest {
    private static final String KEY = "cluster.join-key";
    private static final String OLD = "old-secret-of-a-cluster";
    private static final String NEW = "new-secret-of-a-cluster";
    private static final byte[] TEXT = {1, 2, 3};

    @Test
    void a_secret_is_replaced_in_steps_and_at_each_of_them_two_nodes_understand_each_other() {
        var one = JoinKeys.of(KEY, new Secret(OLD));
        var other = JoinKeys.of(KEY, new Secret(OLD));
        for (var step : new String[] {OLD + "," + NEW, NEW + "," + OLD, NEW}) {
            requireUnderstanding(one, other);
            one.replace(KEY, new Secret(step));
            requireUnderstanding(one, other);
            other.replace(KEY, new Secret(step));
        }
        requireUnderstanding(one, other);

        assertThat(JoinKeys.of(KEY, new Secret(OLD)).isProof("a", TEXT, one.prove("a", TEXT)))
                .isFalse();
        assertThat(one.isProof("a", TEXT, JoinKeys.of(KEY, new Secret(OLD)).prove("a", TEXT)))
                .isFalse();
    }

    @Test
    void secrets_neither_come_nor_go_nor_become_too_short_while_a_node_runs() {
        var keys = JoinKeys.of(KEY, new Secret(OLD));

        for (var wrong : new String[] {"", " , ", "short"}) {
            assertThatThrownBy(() -> keys.replace(KEY, new Secret(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(KEY);
        }
        assertThatThrownBy(() -> JoinKeys.NONE.replace(KEY, new Secret(NEW)))
                .isInstanceOf(IllegalArgumentException.class);
        requireUnderstanding(keys, JoinKeys.of(KEY, new Secret(OLD)));
    }

    private static void requireUnderstanding(JoinKeys one, JoinKeys other) {
        assertThat(other.isProof("a", TEXT, one.prove("a", TEXT))).isTrue();
        assertThat(one.isProof("b", TEXT, other.prove("b", TEXT))).isTrue();
    }
}
