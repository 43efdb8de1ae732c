package dev.skein.pipeline.recent;

import dev.skein.pipeline.Events.Recent;
import dev.skein.pipeline.Events.RecentAsk;
import dev.skein.pipeline.Events.RecentOutputs;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.packing.Weight;
import dev.skein.pipeline.route.RouteTable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last outputs of each group that passed one place. A {@code seq} is the time in microseconds since 1970, or one
 * more than the last when that is not later, so that those of several workers can be merged. Thread-safe.
 */
public final class RecentRing {
    /** Outputs kept per group. */
    public static final int OUTPUTS_MAX = 1_000;

    /** What they may weigh per group, in bytes by {@link Weight}; the latest is kept whatever it weighs. */
    public static final long BYTES_MAX = 4 << 20;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final InstantSource clock;
    private final Map<String, Ring> groups = new HashMap<>(); // guarded by this
    private long lastSeq; // guarded by this

    public RecentRing(InstantSource clock) {
        this.clock = clock;
    }

    /** Where outputs came from. */
    public record Origin(String groupId, String placement, String workerId) {}

    /** Keeps the last of these; they come in lists, one after the other. */
    public synchronized void add(Origin origin, List<List<Event>> outputs) {
        int count = outputs.stream().mapToInt(List::size).sum();
        if (count == 0) {
            return;
        }
        var ring = groups.computeIfAbsent(origin.groupId, unseen -> new Ring());
        lastSeq = Math.max(lastSeq, micros(clock.instant()) - 1);
        int skip = Math.max(0, count - OUTPUTS_MAX);
        for (var list : outputs) {
            int from = Math.min(skip, list.size());
            skip -= from;
            for (var output : list.subList(from, list.size())) {
                ring.add(new Recent(++lastSeq, origin.placement, origin.workerId, output));
            }
        }
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * MICROS_PER_SECOND + at.getNano() / NANOS_PER_MICRO;
    }

    /** Forgets groups that are not among these. */
    public synchronized void keepOnly(Set<String> groupIds) {
        groups.keySet().retainAll(groupIds);
    }

    /**
     * What was asked for, by rising seq: the last ones when {@code after} is 0, else the first ones after it.
     *
     * @return {@code next} is the last seq returned, or {@code after} when there is none
     */
    public synchronized RecentOutputs recent(RecentAsk ask) {
        var ring = groups.get(ask.groupId());
        return merge(ask, ring == null ? List.of() : List.of(List.copyOf(ring.outputs)));
    }

    /** As {@link #recent} over what several places answered to the same question. */
    public static RecentOutputs merge(RecentAsk ask, Collection<List<Recent>> parts) {
        var all = new ArrayList<Recent>();
        for (var part : parts) {
            part.stream().filter(output -> isWanted(ask, output)).forEach(all::add);
        }
        all.sort(Comparator.comparingLong(Recent::seq).thenComparing(Recent::workerId));
        var wanted = cut(ask, all);
        long next =
                wanted.isEmpty() ? ask.after() : wanted.get(wanted.size() - 1).seq();
        return new RecentOutputs(wanted, next);
    }

    private static boolean isWanted(RecentAsk ask, Recent output) {
        var pipeline = ask.pipeline();
        return output.seq() > ask.after()
                && (pipeline == null
                        || pipeline.equals(output.pipelineName())
                        || pipeline.equals(RouteTable.pipelineOf(output.pipelineName())));
    }

    /** Outputs of two workers may share a seq; a page never ends between them, or the next would miss one. */
    private static List<Recent> cut(RecentAsk ask, List<Recent> sorted) {
        if (sorted.size() <= ask.limit()) {
            return List.copyOf(sorted);
        }
        if (ask.after() == 0) {
            return List.copyOf(sorted.subList(sorted.size() - ask.limit(), sorted.size()));
        }
        int end = ask.limit();
        while (end < sorted.size()
                && sorted.get(end).seq() == sorted.get(end - 1).seq()) {
            end++;
        }
        return List.copyOf(sorted.subList(0, end));
    }

    private static final class Ring {
        private final ArrayDeque<Recent> outputs = new ArrayDeque<>();
        private long bytes;

        void add(Recent output) {
            outputs.add(output);
            bytes += Weight.of(output.event());
            while (outputs.size() > OUTPUTS_MAX || (bytes > BYTES_MAX && outputs.size() > 1)) {
                bytes -= Weight.of(outputs.remove().event());
            }
        }
    }
}
