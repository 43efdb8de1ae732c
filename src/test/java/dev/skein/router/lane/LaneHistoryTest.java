package dev.skein.router.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.event.Event;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Thousands of lives of a lane whose worker refuses, stalls, dies and loses answers, each from one seed. */
class LaneHistoryTest {
    private static final int HISTORIES = 3_000;
    private static final LaneLimits LIMITS = new LaneLimits(20, 2_000, 3, 12, 400, 6, 250, 1_000);

    @Test
    void a_patient_lane_settles_every_event_once_in_order_within_its_caps() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            var history = new History(seed, false);

            history.play();

            assertThat(history.settled).as("seed %d", seed).containsOnly(1);
            assertThat(history.answered).as("seed %d: answered in order", seed).isSubsetOf(history.applied);
            assertThat(history.applied).as("seed %d: nothing twice", seed).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_faithful_lane_delivers_every_event_at_least_once_and_in_order() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            var history = new History(seed, true);

            history.play();

            assertThat(history.settled).as("seed %d", seed).containsOnly(1);
            assertThat(history.applied.stream().distinct().toList())
                    .as("seed %d: first time in order, none missing", seed)
                    .isEqualTo(
                            IntStream.range(0, history.settled.length).boxed().toList());
            assertThat(history.answered).as("seed %d", seed).isSorted();
        }
    }

    /** One worker, one sender with too many events and some single ones, simulated time. */
    private static final class History implements Carrier, Receiver {
        private record Step(long atMillis, long number, Runnable run) {}

        final int[] settled;
        final List<Integer> applied = new ArrayList<>();
        final List<Integer> answered = new ArrayList<>();

        private final Random random;
        private final boolean faithful;
        private final Lane lane;
        private final PriorityQueue<Step> agenda =
                new PriorityQueue<>(Comparator.comparingLong(Step::atMillis).thenComparingLong(Step::number));
        private long now;
        private long steps;
        private int offered;
        private int inFlight;
        private int calmAfter = 200;

        History(long seed, boolean faithful) {
            this.random = new Random(seed);
            this.faithful = faithful;
            this.settled = new int[1 + random.nextInt(120)];
            Lane.Timers timers = this::later;
            this.lane = faithful
                    ? Lane.faithful(LIMITS, this, () -> Instant.ofEpochMilli(now), timers)
                    : Lane.patient(LIMITS, this, () -> Instant.ofEpochMilli(now), timers);
        }

        void play() {
            lane.feed(this::pour);
            for (int i = 0; i < 1_000 && !(lane.isIdle() && offered == settled.length); i++) {
                var next = agenda.poll();
                now = next == null ? now + 100 : next.atMillis;
                if (next != null) {
                    next.run.run();
                }
                if (random.nextInt(20) == 0) {
                    lane.tick();
                }
                if (random.nextInt(60) == 0 && calmAfter > 0) {
                    lane.giveUpFlights("moved");
                }
                check();
            }
        }

        private void check() {
            int most = faithful ? 1 : LIMITS.creditDeliveriesMax();
            assertThat(lane.deliveriesInFlight()).isBetween(0, most);
            assertThat(lane.eventsWaiting()).isLessThanOrEqualTo(LIMITS.outboxEventsMax() + LIMITS.creditEventsMax());
        }

        private boolean pour(Lane to) {
            while (offered < settled.length && to.offer(parcel(offered))) {
                offered++;
            }
            return offered == settled.length;
        }

        private Parcel parcel(int number) {
            var event = Event.builder("E").with("n", (long) number).build();
            return new Parcel(event, new Parcel.Manner(number / 30, false), this, number);
        }

        @Override
        public Future<List<Result>> carry(List<Event> events, Parcel.Manner manner) {
            assertThat(events).hasSizeBetween(1, LIMITS.batchEventsMax());
            inFlight += events.size();
            assertThat(inFlight).isLessThanOrEqualTo(LIMITS.creditEventsMax() * 20); // given-up ones still count here
            Promise<List<Result>> answer = Promise.promise();
            int fate = calmAfter-- > 0 ? random.nextInt(10) : 9;
            later(random.nextInt(50), () -> land(events, answer, fate));
            return answer.future();
        }

        private void land(List<Event> events, Promise<List<Result>> answer, int fate) {
            inFlight -= events.size();
            switch (fate) {
                case 0 -> answer.fail(Problem.unreachable("gone"));
                case 1 -> answer.fail(Problem.conflict("stale_epoch", "moved"));
                case 2 -> answer.fail(Problem.busy("pipeline_unavailable", "full"));
                case 3 -> answer.fail(Problem.timeout("not processed, but who knows"));
                case 4 -> {
                    apply(events);
                    answer.fail(Problem.timeout("processed, but who knows"));
                }
                default -> {
                    apply(events);
                    answer.complete(events.stream()
                            .map(event -> new Result(List.of(), 0, List.of(), List.of()))
                            .toList());
                }
            }
        }

        private void apply(List<Event> events) {
            events.forEach(event -> applied.add(((Long) event.get("n")).intValue()));
        }

        private void later(long millis, Runnable run) {
            agenda.add(new Step(now + millis, steps++, run));
        }

        @Override
        public Future<Void> renew() {
            Promise<Void> renewed = Promise.promise();
            later(random.nextInt(20), renewed::complete);
            return renewed.future();
        }

        @Override
        public boolean isOneByOne() {
            return false;
        }

        @Override
        public void done(int index, Result result) {
            settled[index]++;
            answered.add(index);
        }

        @Override
        public void failed(int index, Problem problem) {
            settled[index]++;
        }

        @Override
        public boolean waitsWhileMoving() {
            return true;
        }
    }
}
