package dev.skein.coordinator.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.coordinator.alert.Conditions.Condition;
import dev.skein.coordinator.alert.Conditions.Measured;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Alerts.Acknowledged;
import dev.skein.pipeline.Alerts.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private static final Instant NOW = Instant.EPOCH;
    private static final Condition DOWN = new Condition("worker-unhealthy:w1", "critical", "Worker w1 does not report");
    private static final Condition HIGH = new Condition("pressure-high:g", "warning", "Group g is under pressure");

    private final Alarms alarms = new Alarms();

    @Test
    void an_alert_begins_once_ages_and_ends_into_the_past() {
        assertThat(alarms.see(List.of(DOWN), NOW)).singleElement().satisfies(change -> {
            assertThat(change.isNew()).isTrue();
            assertThat(change.alert().rule()).isEqualTo("worker-unhealthy");
        });
        assertThat(alarms.see(List.of(DOWN), NOW.plusSeconds(9))).isEmpty();
        assertThat(alarms.find(DOWN.id(), NOW.plusSeconds(10)).ageSecs()).isEqualTo(10);

        var changes = alarms.see(List.of(), NOW.plusSeconds(20));

        assertThat(changes)
                .singleElement()
                .satisfies(change -> assertThat(change.isNew()).isFalse());
        assertThat(alarms.holding(NOW.plusSeconds(20))).isEmpty();
        assertThat(alarms.all(NOW.plusSeconds(99))).singleElement().satisfies(alert -> {
            assertThat(alert.state()).isEqualTo("resolved");
            assertThat(alert.ageSecs()).isEqualTo(20);
            assertThat(alert.resolvedAt()).isEqualTo(NOW.plusSeconds(20));
        });
    }

    @Test
    void one_that_flaps_is_the_same_alert_and_is_told_once() {
        alarms.see(List.of(DOWN), NOW);
        alarms.see(List.of(), NOW.plusSeconds(1));

        assertThat(alarms.see(List.of(DOWN), NOW.plusSeconds(2))).isEmpty();
        assertThat(alarms.see(List.of(), NOW.plusSeconds(3))).isEmpty();
        assertThat(alarms.all(NOW))
                .singleElement()
                .satisfies(alert -> assertThat(alert.times()).isEqualTo(2));
        var later = NOW.plusSeconds(3).plus(Alarms.FLAPPING);
        assertThat(alarms.see(List.of(DOWN), later)).hasSize(1);
    }

    @Test
    void what_is_worst_and_oldest_comes_first() {
        alarms.see(List.of(HIGH), NOW);
        alarms.see(List.of(HIGH, DOWN), NOW.plusSeconds(1));

        assertThat(alarms.all(NOW)).extracting(Alert::id).containsExactly(DOWN.id(), HIGH.id());
    }

    @Test
    void an_acknowledged_alert_stays_and_counts_as_open_again_later() {
        alarms.see(List.of(DOWN), NOW);

        var known = alarms.acknowledge(DOWN.id(), new Acknowledged("ops", NOW.plusSeconds(60), "disk swap"), NOW);

        assertThat(known.state()).isEqualTo("acknowledged");
        assertThat(alarms.holding(NOW.plusSeconds(59)))
                .singleElement()
                .satisfies(alert -> assertThat(alert.state()).isEqualTo("acknowledged"));
        assertThat(alarms.find(DOWN.id(), NOW.plusSeconds(60)).state()).isEqualTo("open");
        assertThatThrownBy(() -> alarms.acknowledge("other", new Acknowledged("ops", NOW, ""), NOW))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("alert_not_found"));
    }

    @Test
    void a_new_leader_goes_on_with_what_the_former_one_left_and_tells_nobody_twice() {
        alarms.see(List.of(DOWN, HIGH), NOW);
        var kept =
                alarms.takeUnsaved().values().stream().flatMap(Optional::stream).toList();
        var next = new Alarms();
        next.inherit(kept, NOW.plusSeconds(60));

        assertThat(next.see(List.of(DOWN), NOW.plusSeconds(61))).isEmpty();
        assertThat(next.holding(NOW.plusSeconds(61))).hasSize(2);
        assertThat(next.find(DOWN.id(), NOW.plusSeconds(61)).ageSecs()).isEqualTo(61);
        var settled = NOW.plusSeconds(60).plus(Alarms.SETTLING);
        assertThat(next.see(List.of(DOWN), settled))
                .singleElement()
                .satisfies(change -> assertThat(change.alert().id()).isEqualTo(HIGH.id()));
    }

    @Test
    void what_the_store_did_not_take_is_offered_again_but_not_over_what_is_newer() {
        alarms.see(List.of(DOWN), NOW);
        var refused = alarms.takeUnsaved();
        alarms.see(List.of(), NOW.plusSeconds(1));
        alarms.giveBack(refused);

        assertThat(alarms.takeUnsaved().values())
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.orElseThrow().resolvedAt()).isEqualTo(NOW.plusSeconds(1)));
        assertThat(alarms.takeUnsaved()).isEmpty();
    }

    @Test
    void what_several_nodes_saw_of_the_same_is_one_alert_of_the_past() {
        var nobody = Conditions.leaderless("No coordinator leads");
        alarms.add(nobody, NOW.plusSeconds(10), NOW.plusSeconds(40));
        alarms.add(nobody, NOW.plusSeconds(8), NOW.plusSeconds(39));

        assertThat(alarms.all(NOW.plusSeconds(99))).singleElement().satisfies(alert -> {
            assertThat(alert.since()).isEqualTo(NOW.plusSeconds(8));
            assertThat(alert.resolvedAt()).isEqualTo(NOW.plusSeconds(40));
        });
    }

    @Test
    void the_past_is_bounded() {
        for (int i = 0; i < Alarms.HISTORY_MAX + 50; i++) {
            alarms.see(List.of(new Condition("x:" + i, "warning", "x")), NOW.plusSeconds(i));
        }

        assertThat(alarms.all(NOW)).hasSize(Alarms.HISTORY_MAX + 1);
    }

    @Test
    void a_slow_store_and_a_clock_that_is_off_are_conditions() {
        var measured = new Measured(
                Duration.ofMillis(1_200), Map.of("w1", Duration.ofMillis(-1_500), "w2", Duration.ofMillis(900)));

        assertThat(Conditions.of(measured))
                .extracting(Condition::text)
                .containsExactly("A write to the store takes 1200 ms", "The clock of w1 is 1500 ms behind");
        assertThat(Conditions.of(Measured.NOTHING)).isEmpty();
    }
}
