package dev.skein.coordinator.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** What is under way, in no order: any message may be the next to arrive, or none for long. */
final class SimNet {
    private static final double DOUBLED = 0.03;

    private final Random random;
    private final List<Runnable> queue = new ArrayList<>();
    private final Map<String, Integer> sides = new HashMap<>(); // of the present partition; 0 unless named
    private double lossRate;
    private long delivered;

    SimNet(Random random) {
        this.random = random;
    }

    void lossRate(double rate) {
        lossRate = rate;
    }

    /** Cuts one place off from everything that is not cut off itself. */
    void cut(String place) {
        sides.put(place, 1);
    }

    void heal() {
        sides.clear();
    }

    /** Whether a message between the two is lost now. */
    boolean loses(String from, String to) {
        return isCut(from, to) || random.nextDouble() < lossRate;
    }

    /** Whether the two are on different sides of a partition. */
    boolean isCut(String one, String other) {
        return !sides.getOrDefault(one, 0).equals(sides.getOrDefault(other, 0));
    }

    /** Whether it arrives twice. */
    boolean doubles() {
        return lossRate > 0 && random.nextDouble() < DOUBLED;
    }

    void later(Runnable arrival) {
        queue.add(arrival);
    }

    /** Arrives unless what it is for has ended by then. */
    void later(BooleanSupplier wanted, Runnable arrival) {
        queue.add(() -> {
            if (wanted.getAsBoolean()) {
                arrival.run();
            }
        });
    }

    void deliverAny() {
        if (!queue.isEmpty()) {
            int chosen = random.nextInt(queue.size());
            var last = queue.remove(queue.size() - 1);
            deliver(chosen == queue.size() ? last : queue.set(chosen, last));
        }
    }

    /** Everything arrives, in the order in which it was sent, and what follows from it too. */
    void drain() {
        for (int rounds = 0; !queue.isEmpty(); rounds++) {
            if (rounds > 10_000) {
                throw new AssertionError("the world does not come to rest");
            }
            var all = List.copyOf(queue);
            queue.clear();
            all.forEach(this::deliver);
        }
    }

    private void deliver(Runnable message) {
        delivered++;
        message.run();
    }

    long delivered() {
        return delivered;
    }
}
