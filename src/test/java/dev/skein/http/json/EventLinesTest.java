package dev.skein.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.json.Bodies.Many;
import dev.skein.pipeline.event.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventLinesTest {
    private static final long ARRIVAL = 1_000_000_000_000L;

    private static Many read(String... lines) {
        return EventLines.read(String.join("\n", lines), ARRIVAL);
    }

    private static Event one(String line) {
        var many = read(line);
        assertThat(many.unreadable()).isEmpty();
        return many.events().get(0);
    }

    private static long millisAfterArrival(Event event) {
        return (event.timeNanos() - ARRIVAL) / 1_000_000;
    }

    @Test
    void a_line_is_a_type_and_named_values() {
        var event = one("StockTick { symbol: \"AAPL\", price: 40.0, n: 1, up: true, note: null, list: [1, \"a\"] }");

        assertThat(event.type()).isEqualTo("StockTick");
        assertThat(event.shape().names()).containsExactly("symbol", "price", "n", "up", "note", "list");
        assertThat(event.values()).containsExactly("AAPL", 40.0, 1L, true, null, List.of(1L, "a"));
        assertThat(event.timeNanos()).isEqualTo(ARRIVAL);
    }

    @Test
    void spaces_braces_in_text_and_nesting_do_not_matter() {
        assertThat(one("A{}").shape().size()).isZero();
        assertThat(one("  A  {x:1,}  ").get("x")).isEqualTo(1L);
        assertThat(one("A { t: \"} , { // #\" }").get("t")).isEqualTo("} , { // #");
        assertThat(one("A { m: {a: {b: -2e3}} }").get("m")).isEqualTo(Map.of("a", Map.of("b", -2000.0)));
        assertThat(one("A.b-c { \"quoted name\": 1 }").get("quoted name")).isEqualTo(1L);
    }

    @Test
    void offsets_move_the_time_of_the_event() {
        assertThat(millisAfterArrival(one("@100 A {}"))).isEqualTo(100);
        assertThat(millisAfterArrival(one("@100ms A {}"))).isEqualTo(100);
        assertThat(millisAfterArrival(one("@2s {\"event_type\":\"A\"}"))).isEqualTo(2_000);
    }

    @Test
    void a_batch_line_sets_the_offset_for_those_that_follow() {
        var events = read("A {}", "BATCH 50", "A {}", "@7 A {}", "A {}", "BATCH 0", "A {}")
                .events();

        assertThat(events).extracting(EventLinesTest::millisAfterArrival).containsExactly(0L, 50L, 7L, 50L, 0L);
    }

    @Test
    void json_lines_are_nested_or_flat() {
        assertThat(one("{\"event_type\":\"A\",\"fields\":{\"x\":1}}").get("x")).isEqualTo(1L);
        assertThat(one("{\"x\":1,\"event_type\":\"A\",\"y\":{\"z\":2}}").values())
                .containsExactly(1L, Map.of("z", 2L));
        assertThat(one("{\"event_type\":\"A\",\"fields\":7}").get("fields")).isEqualTo(7L);
        assertThat(one("{\"event_type\":\"A\",\"x\":1,\"timestamp\":\"1970-01-01T00:00:01Z\"}")
                        .timeNanos())
                .isEqualTo(1_000_000_000L);
    }

    @Test
    void blank_lines_and_comments_are_skipped_but_counted() {
        var many = read("", "# one", "  // two", "oops", "A {}", "\t", "B {");

        assertThat(many.events()).hasSize(1);
        assertThat(many.places()).containsExactly("line 5");
        assertThat(many.unreadable()).hasSize(2);
        assertThat(many.unreadable().get(0)).startsWith("line 4: expected Type {");
        assertThat(many.unreadable().get(1)).startsWith("line 7: ");
    }

    @Test
    void what_is_wrong_with_a_line_is_said() {
        assertThat(read("A { x: }").unreadable().get(0)).startsWith("line 1: line 1, column");
        assertThat(read("A { x: 1, x: 2 }").unreadable().get(0)).contains("Duplicate");
        assertThat(read("{\"x\":1}").unreadable()).containsExactly("line 1: event_type is missing");
        assertThat(read("{\"event_type\":7}").unreadable().get(0)).contains("event_type must be text");
        assertThat(read("A {} B {}").unreadable()).hasSize(1);
        assertThat(read("@x A {}").unreadable()).hasSize(1);
        assertThat(read("A { x: " + "[".repeat(100)).unreadable()).hasSize(1);
        assertThat(read("x".repeat(300) + " {}").unreadable()).hasSize(1);
    }
}
