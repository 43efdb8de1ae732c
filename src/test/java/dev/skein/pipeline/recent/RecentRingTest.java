package dev.skein.pipeline.recent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.pipeline.Events.Recent;
import dev.skein.pipeline.Events.RecentAsk;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.recent.RecentRing.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentRingTest {
    private final RecentRing ring = new RecentRing(() -> Instant.EPOCH);

    @Test
    void the_last_thousand_are_kept_in_order() {
        ring.add(new Origin("g", "p", "w"), List.of(events(700), events(700)));

        var kept = ring.recent(new RecentAsk("g", 5_000, 0, null)).outputs();

        assertThat(kept).hasSize(RecentRing.OUTPUTS_MAX).extracting(Recent::seq).isSorted();
        assertThat(kept.get(999).event().get("n")).isEqualTo(699L);
        assertThat(kept.get(0).event().get("n")).isEqualTo(400L);
    }

    @Test
    void heavy_outputs_push_others_out() {
        var heavy = Event.builder("H").with("text", "x".repeat(3 << 20)).build();
        ring.add(new Origin("g", "p", "w"), List.of(List.of(heavy, heavy)));

        assertThat(ring.recent(new RecentAsk("g", 10, 0, null)).outputs()).hasSize(1);
    }

    @Test
    void pages_merge_without_gap_or_repeat_even_when_workers_count_alike() {
        var other = new RecentRing(() -> Instant.EPOCH);
        ring.add(new Origin("g", "p#0", "w0"), List.of(events(50)));
        other.add(new Origin("g", "p#1", "w1"), List.of(events(30)));

        int seen = 0;
        long after = 1; // 0 would mean the last ones
        for (int size = -1; size != 0; seen += size) {
            var ask = new RecentAsk("g", 7, after, "p");
            var page = RecentRing.merge(
                    ask, List.of(ring.recent(ask).outputs(), other.recent(ask).outputs()));
            after = page.next();
            size = page.outputs().size();
        }

        assertThat(seen).isEqualTo(78); // all but the two with seq 1
    }

    @Test
    void forgotten_groups_are_gone() {
        ring.add(new Origin("g", "p", "w"), List.of(events(1)));
        ring.keepOnly(Set.of("h"));

        assertThat(ring.recent(new RecentAsk("g", 10, 0, null)).outputs()).isEmpty();
    }

    private static List<Event> events(int count) {
        return LongStream.range(0, count)
                .mapToObj(n -> Event.builder("E").with("n", n).build())
                .toList();
    }
}
