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
    /** Outputs kept per group; those put out together are given up together, so there may be some more. */
    public static final int OUTPUTS_MAX = 1_000;

    /** What they may weigh per group, in bytes by {@link Weight}; the latest is kept whatever it weighs. */
    public static final long BYTES_MAX = 4 << 20;

    private static final long PORTION_BYTES = 64 << 10; // heavier ones are cut, so that little is given up at once
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
        var portion = new ArrayList<Event>(Math.min(count, OUTPUTS_MAX));
        long weight = 0;
        for (var list : outputs) {
            int from = Math.min(skip, list.size());
            skip -= from;
            for (var output : list.subList(from, list.size())) {
                portion.add(output);
                weight += Weight.of(output);
                if (weight > PORTION_BYTES) {
                    keep(ring, origin, portion, weight);
                    portion = new ArrayList<>();
                    weight = 0;
                }
            }
        }
        keep(ring, origin, portion, weight);
    }

    private void keep(Ring ring, Origin origin, List<Event> outputs, long weight) {
        if (!outputs.isEmpty()) {
            ring.add(new Portion(origin, lastSeq + 1, outputs, weight));
            lastSeq += outputs.size();
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
        return merge(ask, ring == null ? List.of() : List.of(ring.all()));
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
        private final ArrayDeque<Portion> portions = new ArrayDeque<>();
        private int outputs;
        private long bytes;

        void add(Portion portion) {
            portions.add(portion);
            outputs += portion.outputs.size();
            bytes += portion.bytes;
            while (outputs - portions.element().outputs.size() >= OUTPUTS_MAX
                    || (bytes > BYTES_MAX && portions.size() > 1)) {
                var oldest = portions.remove();
                outputs -= oldest.outputs.size();
                bytes -= oldest.bytes;
            }
        }

        List<Recent> all() {
            var all = new ArrayList<Recent>(outputs);
            portions.forEach(portion -> portion.addTo(all));
            return all;
        }
    }

    /** Outputs of one placement with rising seq, kept as they came: a record for each would cost more than all else. */
    private record Portion(Origin origin, long firstSeq, List<Event> outputs, long bytes) {
        void addTo(List<Recent> all) {
            for (int i = 0; i < outputs.size(); i++) {
                all.add(new Recent(firstSeq + i, origin.placement, origin.workerId, outputs.get(i)));
            }
        }
    }
}
