package dev.skein.memory;

import static dev.skein.memory.Category.INDEXES;
import static dev.skein.memory.Category.OTHER;
import static dev.skein.memory.Category.QUERY_CACHE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Settings;
import dev.skein.config.Sources;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final long TOTAL = 1000;

    private final List<String> calls = new ArrayList<>();
    private long rss;
    private final Memory memory = new Memory(
            Effective.of(10_000, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()),
            Budget.split(TOTAL),
            new Reservations(500),
            () -> new Usage(OptionalLong.of(rss), 0, 0, 0, 0, 0));

    /** A cache that obeys. */
    private final class Cache implements Evictor {
        private final int priority;
        private final Registration registration;

        Cache(String name, Category category, int priority, long bytes) {
            this.priority = priority;
            this.registration = memory.register(name, category, this);
            registration.set(bytes);
        }

        @Override
        public int priority() {
            return priority;
        }

        @Override
        public void flushToDisk() {
            calls.add("flush " + registration.name());
        }

        @Override
        public void evictTo(long bytes) {
            calls.add(registration.name() + " to " + bytes);
            registration.set(bytes);
        }
    }

    @Test
    void the_default_is_a_quarter_within_bounds_and_at_most_half() {
        assertThat(Budget.of(8L << 30).total()).isEqualTo(2L << 30);
        assertThat(Budget.of(64L << 30).total()).isEqualTo(4L << 30);
        assertThat(Budget.of(1200L << 20).total()).isEqualTo(512L << 20);
        assertThat(Budget.of(600L << 20).total()).isEqualTo(300L << 20);
    }

    @Test
    void overrides_keep_the_sum() {
        var budget = Budget.split(TOTAL);

        assertThat(budget.categories().get(QUERY_CACHE)).isEqualTo(400);
        assertThat(budget.categories().get(OTHER)).isEqualTo(50);
        assertThat(budget.with(OptionalLong.of(500), Map.of(QUERY_CACHE, 100L)).categories())
                .containsEntry(QUERY_CACHE, 100L)
                .containsEntry(OTHER, 125L);
        assertThat(budget.with(OptionalLong.empty(), Map.of(QUERY_CACHE, 10_000L))
                        .categories()
                        .get(QUERY_CACHE))
                .isEqualTo(943);
    }

    @Test
    void any_override_keeps_the_sum() {
        var random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            var given = new EnumMap<Category, Long>(Category.class);
            for (var category : Category.values()) {
                if (random.nextBoolean()) {
                    given.put(category, random.nextLong() >>> (1 + random.nextInt(62)));
                }
            }
            var budget = Budget.of(random.nextLong() >>> (1 + random.nextInt(40)))
                    .with(OptionalLong.of(random.nextLong() >>> (1 + random.nextInt(40))), given);
            assertThat(budget.categories().values()).allMatch(bytes -> bytes >= 0);
        }
    }

    @Test
    void environment_wins_and_a_bad_value_of_it_is_left_out_with_a_warning() {
        var sources = new Sources().configuration("{\"memory\":{\"total_bytes\":1048576,\"indexes_bytes\":\"64k\"}}");
        var known = Set.of("memory.total_bytes", "memory.indexes_bytes");
        var settings = sources.environment(
                        Map.of("SKEIN_MEMORY_BUDGET_TOTAL", "2M", "SKEIN_MEMORY_BUDGET_INDEXES", "lots"),
                        known,
                        Map.of(
                                "SKEIN_MEMORY_BUDGET_TOTAL", "memory.total_bytes",
                                "SKEIN_MEMORY_BUDGET_INDEXES", "memory.indexes_bytes"),
                        Set.of("SKEIN_MEMORY_BUDGET_TOTAL", "SKEIN_MEMORY_BUDGET_INDEXES"))
                .settings();

        var config = MemoryConfig.from(settings);

        settings.requireSound();
        assertThat(config.total()).hasValue(2 << 20);
        assertThat(config.warnings()).singleElement().asString().contains("SKEIN_MEMORY_BUDGET_INDEXES=lots");
    }

    @Test
    void a_bad_value_of_a_file_stops_the_start_with_its_key() {
        var settings = Settings.of(Map.of("memory.budget", "4Q"), "file x");

        MemoryConfig.from(settings);

        assertThatThrownBy(settings::requireSound).hasMessageContaining("memory.budget must be a size, got 4Q (file x");
    }

    @Test
    void nothing_happens_while_all_is_low() {
        new Cache("c", QUERY_CACHE, 0, 300);

        assertThat(memory.enforce().pressure()).isEqualTo(Pressure.LOW);
        assertThat(calls).isEmpty();
    }

    @Test
    void a_category_over_its_budget_is_trimmed_at_any_level() {
        new Cache("small", QUERY_CACHE, 0, 150);
        new Cache("large", QUERY_CACHE, 0, 450);

        memory.enforce();

        assertThat(calls).containsExactly("large to 300", "small to 100");
    }

    @Test
    void what_matters_least_goes_first_and_the_rest_stays_once_there_is_room() {
        new Cache("dear", QUERY_CACHE, 9, 100);
        new Cache("cheap", QUERY_CACHE, 1, 310);

        memory.enforce();

        assertThat(calls).containsExactly("cheap to 302", "dear to 97");
    }

    @Test
    void texts_that_cannot_give_way_shrink_the_caches_of_others() {
        memory.register("overlay", OTHER).set(700);
        new Cache("symbols", INDEXES, 0, 160);

        memory.enforce();

        assertThat(calls).containsExactly("flush symbols", "symbols to 0");
    }

    @Test
    void a_process_near_its_limit_presses_too_and_levels_are_left_late() {
        var changes = new ArrayList<MemoryReport.Change>();
        memory.onChange(changes::add);

        rss = 9_500;
        assertThat(memory.enforce().pressure()).isEqualTo(Pressure.CRITICAL);
        rss = 9_100;
        assertThat(memory.enforce().pressure()).isEqualTo(Pressure.CRITICAL);
        rss = 8_900;
        assertThat(memory.enforce().pressure()).isEqualTo(Pressure.HIGH);
        rss = 6_000;
        assertThat(memory.enforce().pressure()).isEqualTo(Pressure.LOW);

        assertThat(changes)
                .extracting(MemoryReport.Change::to)
                .containsExactly(Pressure.CRITICAL, Pressure.HIGH, Pressure.LOW);
        assertThat(Pressure.CRITICAL.degraded().backgroundIndexing()).isEqualTo(Pressure.Indexing.PAUSED);
    }

    @Test
    void garbage_in_the_heap_is_no_pressure() {
        var usage = new Usage(OptionalLong.of(900), 100, 700, 800, 1000, 0);

        assertThat(usage.pressing()).isEqualTo(200);
    }

    @Test
    void closing_removes_bytes_and_counters_stop_at_zero() {
        var one = memory.register("one", OTHER);
        one.add(10);
        one.add(-50);
        assertThat(one.bytes()).isZero();
        one.add(10);

        assertThat(memory.report(10).components()).containsExactly(new MemoryReport.Component("one", OTHER, 10));
        one.close();
        assertThat(memory.report(10).tracked()).isZero();
    }

    @Test
    void promises_never_exceed_the_capacity() {
        var reservations = memory.reservations();

        assertThat(reservations.reserve("a", 400)).isEmpty();
        assertThat(reservations.reserve("a", 400)).isEmpty();
        assertThat(reservations.reserve("b", 101).orElseThrow()).hasMessage("100B free < 101B asked");
        reservations.release("a");
        reservations.release("a");
        assertThat(reservations.reserve("b", 500)).isEmpty();
        assertThat(memory.report(0).reservedBytes()).isEqualTo(500);
    }
}
