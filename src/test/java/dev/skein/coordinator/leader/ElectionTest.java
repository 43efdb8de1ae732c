package dev.skein.coordinator.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.coordinator.leader.Election.Effect;
import dev.skein.coordinator.leader.Election.Ended;
import dev.skein.coordinator.leader.Election.Following;
import dev.skein.coordinator.leader.Election.Lead;
import dev.skein.coordinator.leader.Election.Leading;
import dev.skein.coordinator.leader.Election.Release;
import dev.skein.coordinator.leader.Election.Renew;
import dev.skein.coordinator.leader.Election.State;
import dev.skein.coordinator.leader.Election.Step;
import dev.skein.coordinator.leader.Election.StepDown;
import dev.skein.coordinator.leader.Election.Take;
import dev.skein.store.lease.Lease.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ElectionTest {
    private static final String ME = "c-0@1";
    private static final String OTHER = "c-1@1";
    private static final Election ELECTION = new Election(LeaderConfig.DEFAULTS, ME);
    private static final Following FRESH = new Following(at(0), "", 0);
    private static final Following USED = new Following(at(0), OTHER, 5);
    private static final Leading LEADING = new Leading(5, at(9), at(3));
    private static final Ended ENDED = new Ended();

    private static Stream<Arguments> time() {
        return Stream.of(
                Arguments.of(FRESH, 0, Step.to(new Following(at(1), "", 0), new Take(true))),
                Arguments.of(USED, 0, Step.to(new Following(at(1), OTHER, 5), new Take(false))),
                Arguments.of(new Following(at(2), "", 0), 1, Step.to(new Following(at(2), "", 0))),
                Arguments.of(LEADING, 2, Step.to(LEADING)),
                Arguments.of(LEADING, 3, Step.to(new Leading(5, at(9), at(4)), new Renew(5))),
                Arguments.of(LEADING, 8, Step.to(new Leading(5, at(9), at(9)), new Renew(5))),
                Arguments.of(LEADING, 9, down(9, "the lease was not renewed in time")),
                Arguments.of(LEADING, 60, down(60, "the lease was not renewed in time")),
                Arguments.of(ENDED, 60, Step.to(ENDED)));
    }

    @ParameterizedTest
    @MethodSource("time")
    void time_makes_a_candidate_look_a_leader_renew_and_one_that_overslept_step_down(
            State state, int second, Step expected) {
        assertThat(ELECTION.woken(state, at(second))).isEqualTo(expected);
    }

    /** An answer that arrives at a second, to a question of second 0. */
    private record Answer(String what, State state, Row row, int second, Step expected) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Stream<Answer> answers() {
        var soon = new Following(at(2).plusMillis(1), OTHER, 0);
        var sooner = new Following(at(1).plusMillis(201), OTHER, 0);
        var tooLate = Step.to(new Following(at(10), "", 0), new Release(6));
        var again = Step.to(new Following(at(2), "", 5), new Release(5));
        var rest = Step.to(new Leading(6, at(6), at(3)), new Lead(6));
        var renewed = Step.to(new Leading(5, at(9), at(3)));
        return Stream.of(
                new Answer("the row is mine now", FRESH, row(ME, 6, 10), 1, lead(6, 0)),
                new Answer("mine, but the answer took longer than it lasts", FRESH, row(ME, 6, 10), 9, tooLate),
                new Answer("mine, taken by a question whose answer was lost", USED, row(ME, 6, 7), 1, rest),
                new Answer("mine, but of an epoch that is over for me", USED, row(ME, 5, 7), 1, again),
                new Answer("another has it for long", FRESH, row(OTHER, 6, 9), 1, Step.to(soon)),
                new Answer("another's ends soon", FRESH, new Row(OTHER, 6, Duration.ofMillis(200)), 1, Step.to(sooner)),
                new Answer("renewed", LEADING, row(ME, 5, 10), 4, renewed),
                new Answer("taken by another", LEADING, row(OTHER, 6, 10), 4, down(4, "epoch 6 has begun")),
                new Answer("taken by another life", LEADING, row("c-0@2", 6, 10), 4, down(4, "epoch 6 has begun")),
                new Answer("given back", LEADING, row("", 5, 0), 4, down(4, "epoch 5 has begun")),
                new Answer(
                        "renewed, but after the end of the belief",
                        LEADING,
                        row(ME, 5, 10),
                        9,
                        downAndRelease(9, "the lease was renewed too late")),
                new Answer("taken while stopping", ENDED, row(ME, 6, 10), 1, Step.to(ENDED, new Release(6))),
                new Answer("refused while stopping", ENDED, row(OTHER, 6, 10), 1, Step.to(ENDED)));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void an_answer_decides(Answer it) {
        assertThat(ELECTION.answered(it.state, at(0), it.row, at(it.second))).isEqualTo(it.expected);
    }

    @Test
    void without_an_answer_a_leader_goes_on_and_a_follower_knows_of_nobody() {
        assertThat(ELECTION.unanswered(LEADING, at(4))).isEqualTo(Step.to(LEADING));
        assertThat(ELECTION.unanswered(USED, at(4))).isEqualTo(Step.to(new Following(at(5), "", 5)));
        assertThat(ELECTION.unanswered(ENDED, at(4))).isEqualTo(Step.to(ENDED));
    }

    @Test
    void doubt_ends_the_epoch_it_is_about_and_no_other() {
        assertThat(ELECTION.doubted(LEADING, 5, "why", at(4))).isEqualTo(downAndRelease(4, "why"));
        assertThat(ELECTION.doubted(LEADING, 4, "why", at(4))).isEqualTo(Step.to(LEADING));
        assertThat(ELECTION.doubted(USED, 5, "why", at(4))).isEqualTo(Step.to(USED));
    }

    @Test
    void one_that_stops_gives_the_lease_back() {
        assertThat(ELECTION.stopped(LEADING))
                .isEqualTo(Step.to(ENDED, new StepDown(5, "the node stops"), new Release(5)));
        assertThat(ELECTION.stopped(FRESH)).isEqualTo(Step.to(ENDED));
    }

    @Test
    void a_belief_holds_for_its_epoch_until_just_before_its_end() {
        assertThat(Election.holds(LEADING, 5, at(9).minusMillis(1))).isTrue();
        assertThat(Election.holds(LEADING, 5, at(9))).isFalse();
        assertThat(Election.holds(LEADING, 4, at(1))).isFalse();
        assertThat(Election.holds(FRESH, 5, at(1))).isFalse();
    }

    @Test
    void a_lease_too_short_for_a_second_attempt_is_refused() {
        assertThatThrownBy(() -> new LeaderConfig(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2)))
                .hasMessageContaining("at least 7000 ms, got 5000 ms");
    }

    private static Step lead(long epoch, int asked) {
        return Step.to(new Leading(epoch, at(asked + 9), at(asked + 3)), new Lead(epoch));
    }

    private static Step down(int second, String why) {
        return Step.to(new Following(at(second + 1), "", 5), new StepDown(5, why));
    }

    private static Step downAndRelease(int second, String why) {
        return Step.to(new Following(at(second + 1), "", 5), new Effect[] {new StepDown(5, why), new Release(5)});
    }

    private static Row row(String holder, long epoch, int seconds) {
        return new Row(holder, epoch, Duration.ofSeconds(seconds));
    }

    private static Instant at(int second) {
        return Instant.EPOCH.plusSeconds(second);
    }
}
