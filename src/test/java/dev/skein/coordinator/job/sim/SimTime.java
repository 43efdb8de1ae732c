package dev.skein.coordinator.job.sim;

import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.Random;

/** What happens when, in an order that the seed alone decides. */
final class SimTime implements InstantSource {
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private final Random random;
    private long now = 1_000_000;
    private long count;

    private record Due(long at, long number, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
        }
    }

    SimTime(long seed) {
        this.random = new Random(seed);
    }

    Random random() {
        return random;
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    int upTo(int most) {
        return random.nextInt(most) + 1;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public long millis() {
        return now;
    }

    void in(long millis, Runnable what) {
        queue.add(new Due(now + millis, count++, what));
    }

    /** Lets the next thing happen; false when nothing is left or it is later than that. */
    boolean step(long until) {
        var next = queue.peek();
        if (next == null || next.at > until) {
            return false;
        }
        queue.poll();
        now = next.at;
        next.what.run();
        return true;
    }
}
