package dev.skein.coordinator.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.pipeline.Alerts.Alert;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AbsenceTest {
    private static final Instant NOW = Instant.EPOCH;
    private static final Duration TURN = Duration.ofSeconds(4);

    private final Absence absence = new Absence("edge-1", Duration.ofSeconds(15));

    @Test
    void a_short_absence_is_no_alert() {
        absence.missed(NOW, Duration.ZERO);
        absence.missed(NOW.plusSeconds(14), Duration.ZERO);

        assertThat(absence.holding(NOW.plusSeconds(14))).isEmpty();
        assertThat(absence.found(NOW.plusSeconds(15))).isEmpty();
        absence.missed(NOW.plusSeconds(16), Duration.ZERO);
        assertThat(absence.holding(NOW.plusSeconds(16))).isEmpty();
    }

    @Test
    void a_long_one_is_raised_as_old_as_it_is_and_told_once_in_turn() {
        absence.missed(NOW, TURN);
        absence.missed(NOW.plusSeconds(15), TURN);

        assertThat(absence.holding(NOW.plusSeconds(15)))
                .singleElement()
                .extracting(Alert::id, Alert::ageSecs)
                .containsExactly("no-leader", 15L);
        assertThat(absence.due(NOW.plusSeconds(18))).isEmpty();
        assertThat(absence.due(NOW.plusSeconds(19))).isPresent();
        assertThat(absence.due(NOW.plusSeconds(20))).isEmpty();
        assertThat(absence.found(NOW.plusSeconds(30))).hasValueSatisfying(ended -> {
            assertThat(ended.mustTell()).isTrue();
            assertThat(ended.alert().resolvedAt()).isEqualTo(NOW.plusSeconds(30));
        });
        assertThat(absence.holding(NOW.plusSeconds(30))).isEmpty();
    }

    @Test
    void what_another_node_has_told_is_not_told_again_in_whatever_order() {
        absence.toldElsewhere(NOW);
        absence.missed(NOW, TURN);
        absence.missed(NOW.plusSeconds(15), TURN);

        assertThat(absence.due(NOW.plusSeconds(60))).isEmpty();
        assertThat(absence.found(NOW.plusSeconds(70)))
                .hasValueSatisfying(ended -> assertThat(ended.mustTell()).isFalse());

        var other = new Absence("edge-2", Duration.ofSeconds(15));
        other.missed(NOW, TURN);
        other.missed(NOW.plusSeconds(15), TURN);
        other.toldElsewhere(NOW.plusSeconds(16));
        assertThat(other.due(NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void one_that_comes_again_at_once_is_not_told_again() {
        absence.missed(NOW, Duration.ZERO);
        absence.missed(NOW.plusSeconds(15), Duration.ZERO);
        assertThat(absence.due(NOW.plusSeconds(15))).isPresent();
        absence.found(NOW.plusSeconds(20));
        absence.missed(NOW.plusSeconds(22), Duration.ZERO);
        absence.missed(NOW.plusSeconds(40), Duration.ZERO);

        assertThat(absence.due(NOW.plusSeconds(60))).isEmpty();
        assertThat(absence.holding(NOW.plusSeconds(60)))
                .singleElement()
                .extracting(Alert::times)
                .isEqualTo(2);
    }
}
