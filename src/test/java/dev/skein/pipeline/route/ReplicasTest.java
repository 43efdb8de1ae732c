package dev.skein.pipeline.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicasTest {
    @Test
    void keys_of_the_contract_reach_the_copies_it_names() {
        assertThat(Replicas.hash("alpha")).isEqualTo(0xefd5c1abf71ea67bL);
        assertThat(List.of("alpha", "beta", "gamma", "delta"))
                .extracting(key -> Replicas.of(key, 2))
                .containsExactly(1, 1, 0, 0);
        assertThat(Replicas.of(null, 2)).isZero();
    }

    @Test
    void a_whole_number_is_one_key_however_it_was_written() {
        assertThat(CanonicalJson.of(21.0)).isEqualTo(CanonicalJson.of(21L)).isEqualTo("21");
        assertThat(CanonicalJson.of(-0.0)).isEqualTo("0");
        assertThat(CanonicalJson.of(0.1)).isEqualTo("0.1");
        assertThat(CanonicalJson.of(Double.NaN)).isEqualTo("null");
    }

    @Test
    void a_map_is_one_key_whatever_the_order_of_its_names() {
        var map = new LinkedHashMap<String, Object>();
        map.put("b", List.of(1L, true, "a\"\n\u0001é"));
        map.put("a", Map.of());

        assertThat(CanonicalJson.of(map)).isEqualTo("{\"a\":{},\"b\":[1,true,\"a\\\"\\n\\u0001é\"]}");
    }

    @Test
    void keys_spread_evenly() {
        var counts = new int[7];
        for (long key = 0; key < 70_000; key++) {
            counts[Replicas.of(key, counts.length)]++;
        }

        assertThat(Arrays.stream(counts).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(9_500, 10_500));
    }
}
