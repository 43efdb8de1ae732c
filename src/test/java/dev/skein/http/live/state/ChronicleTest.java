package dev.skein.http.live.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.pipeline.Observation.NodeView;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChronicleTest {
    private static final int VIEWS_MAX = 8;
    private static final int ROOMY = 1 << 20;

    private final Chronicle chronicle = new Chronicle("7f3a", VIEWS_MAX, ROOMY, States.START);

    @Test
    void a_snapshot_and_any_deltas_after_it_make_the_later_snapshot() throws IOException {
        for (long seed = 0; seed < 300; seed++) {
            var dice = new Random(seed);
            var chronicle = new Chronicle("7f3a", VIEWS_MAX, ROOMY, States.START);
            var seen = read(chronicle.snapshot());
            for (int step = 0; step < 30; step++) {
                chronicle.advance(View.of(States.random(dice), ROOMY), States.START);
                if (dice.nextInt(3) == 0) { // otherwise the viewer is busy and hears about it later
                    follow(chronicle, seen);
                    assertThat((JsonNode) seen)
                            .as("seed %d, step %d", seed, step)
                            .isEqualTo(read(chronicle.snapshot()));
                }
            }
        }
    }

    @Test
    void equal_views_are_one_sequence_number() {
        var view = View.of(States.random(new Random(1)), ROOMY);
        chronicle.advance(view, States.START);
        var tag = chronicle.tag();

        chronicle.advance(view.deepCopy(), States.START.plusSeconds(1));

        assertThat(chronicle.tag()).isEqualTo(tag).isEqualTo("7f3a:2");
    }

    @Test
    void one_delta_is_encoded_once_for_all_viewers() {
        chronicle.advance(View.of(States.random(new Random(1)), ROOMY), States.START);

        assertThat(chronicle.delta(1)).isSameAs(chronicle.delta(1));
        assertThat(chronicle.snapshot()).isSameAs(chronicle.snapshot());
    }

    @Test
    void a_viewer_of_another_stream_or_too_far_behind_is_not_remembered() {
        var dice = new Random(3);
        for (int i = 0; i < 40; i++) {
            chronicle.advance(View.of(States.random(dice), ROOMY), States.START);
        }
        long seq = chronicle.seq();

        assertThat(chronicle.remembers("7f3a", seq - VIEWS_MAX + 1)).isTrue();
        assertThat(chronicle.remembers("7f3a", seq - VIEWS_MAX)).isFalse();
        assertThat(chronicle.remembers("7f3a", seq + 1)).isFalse();
        assertThat(chronicle.remembers("0000", seq)).isFalse();
        assertThat(chronicle.delta(1).text()).isEqualTo("{\"type\":\"resync\",\"reason\":\"behind\"}");
    }

    @Test
    void a_delta_over_the_limit_becomes_the_demand_for_a_snapshot() {
        var small = new Chronicle("7f3a", VIEWS_MAX, 200, States.START);
        small.advance(View.of(States.of(many(20), Map.of(), Map.of()), ROOMY), States.START);

        assertThat(small.delta(1).text()).isEqualTo("{\"type\":\"resync\",\"reason\":\"too_large\"}");
        assertThat(small.delta(1).seq()).isEqualTo(2);
    }

    @Test
    void a_view_over_the_limit_keeps_the_worst_and_the_true_counts() {
        var nodes = new HashMap<>(many(2_000));
        nodes.put("node-sick", States.node("node-sick", "UNHEALTHY"));

        var view = View.of(States.of(nodes, Map.of(), Map.of()), 64 * 1024);

        assertThat(View.sizeOf(view)).isLessThanOrEqualTo(64 * 1024);
        assertThat(view.path("nodes").has("node-sick")).isTrue();
        assertThat(view.path("nodes").size()).isBetween(50, 500);
        assertThat(view.path("counts").path("nodes").asInt()).isEqualTo(2_001);
        assertThat(view.path("counts").path("nodesUp").asInt()).isEqualTo(2_000);
    }

    @Test
    void long_texts_and_names_are_cut_and_stay_distinct() {
        var nodes = Map.of(
                "x".repeat(100_000) + "A", States.node("x".repeat(100_000) + "A", "READY"),
                "x".repeat(100_000) + "B", States.node("x".repeat(100_000) + "B", "READY"));

        var view = View.of(States.of(nodes, Map.of(), Map.of()), ROOMY);

        assertThat(View.sizeOf(view)).isLessThan(4_000);
        assertThat(view.path("nodes").size()).isEqualTo(2);
        assertThat(view.path("nodes").elements().next().path("id").asText()).contains("… (100001 characters, ");
    }

    @Test
    void times_are_written_in_milliseconds() {
        var odd = States.START.plusNanos(123_456);
        var view = View.of(States.of(Map.of("w", States.node("w", "READY")), Map.of(), Map.of()), ROOMY);

        chronicle.advance(View.withCoordinator(view, odd), odd);

        assertThat(chronicle.snapshot().text())
                .contains("\"at\":\"2026-01-15T10:42:07.310Z\"", "\"since\":\"2026-01-15T10:42:07.310Z\"")
                .doesNotContain("3456");
    }

    @Test
    void what_people_cannot_tell_apart_makes_no_delta() {
        var young = States.node("w", "READY");
        var older = new NodeView("w", List.of("worker"), "READY", States.START, young.memory(), 0.25003, 3, 100, 650);

        assertThat((ObjectNode) View.of(States.of(Map.of("w", young), Map.of(), Map.of()), ROOMY))
                .isEqualTo(View.of(States.of(Map.of("w", older), Map.of(), Map.of()), ROOMY));
    }

    private static Map<String, NodeView> many(int count) {
        var nodes = new HashMap<String, NodeView>();
        for (int i = 0; i < count; i++) {
            nodes.put("node-" + i, States.node("node-" + i, "READY"));
        }
        return nodes;
    }

    private static void follow(Chronicle chronicle, ObjectNode seen) throws IOException {
        long seq = seen.path("seq").asLong();
        if (!chronicle.remembers("7f3a", seq)) {
            seen.removeAll();
            seen.setAll(read(chronicle.snapshot()));
        } else if (seq < chronicle.seq()) {
            var delta = read(chronicle.delta(seq));
            assertThat(delta.path("from").asLong()).isEqualTo(seq);
            apply(seen, (ObjectNode) delta.get("patch"));
            seen.set("seq", delta.get("seq"));
        }
    }

    /** The pseudo code of RFC 7396, section 2. */
    private static void apply(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(member -> {
            var name = member.getKey();
            if (member.getValue().isNull()) {
                target.remove(name);
            } else if (member.getValue() instanceof ObjectNode inner) {
                apply(target.path(name).isObject() ? (ObjectNode) target.get(name) : target.putObject(name), inner);
            } else {
                target.set(name, member.getValue());
            }
        });
    }

    private static ObjectNode read(Frame frame) throws IOException {
        return (ObjectNode) View.JSON.readTree(frame.text());
    }
}
