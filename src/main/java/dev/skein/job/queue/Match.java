package dev.skein.job.queue;

import dev.skein.job.JobRuns.Runner;
import dev.skein.job.Jobs.Reason;
import dev.skein.job.life.Traits.Demand;
import dev.skein.kernel.ByteSize;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a runtime can do a job at all, and whether it can now. */
public final class Match {
    private static final String GENERAL = "general";

    private Match() {}

    static Set<String> offersOf(Runner runner) {
        var offers = new HashSet<>(runner.capabilities());
        offers.addAll(runner.types());
        offers.add(GENERAL);
        return Set.copyOf(offers);
    }

    /** Whether it has what is demanded, however busy it is. */
    public static boolean isCapable(Station station, Demand demand) {
        return lacking(station, demand) == null;
    }

    /** What it does not have; null when it has all. */
    public static @Nullable Reason lacking(Station station, Demand demand) {
        var worker = station.worker();
        if (!station.runner().types().contains(demand.type())) {
            return new Reason("no_capability", worker + " does no jobs of type " + demand.type(), worker);
        }
        for (var capability : demand.capabilities()) {
            if (!station.offers().contains(capability)) {
                return new Reason("no_capability", worker + " does not offer " + capability, worker);
            }
        }
        for (var label : demand.labels()) {
            if (!station.runner().labels().contains(label)) {
                return new Reason("no_label", worker + " does not bear the label " + label, worker);
            }
        }
        return null;
    }

    /** What keeps a capable one from taking a job of so many bytes now; null when nothing does. */
    public static @Nullable Reason hindrance(Station station, Load load, long bytes) {
        var worker = station.worker();
        var refusal = station.refusal();
        if (refusal != null) {
            var said = station.room().refusal();
            return new Reason(refusal, worker + " takes nothing new: " + (said == null ? refusal : said), worker);
        }
        long capacity = station.room().memoryBytes();
        if (bytes > capacity) {
            var text = worker + " has " + shown(capacity) + " in all < " + shown(bytes) + " asked";
            return new Reason("too_large", text, worker);
        }
        if (freeSlots(station, load) <= 0) {
            return new Reason("no_slot", worker + " runs as many as it may, " + load.running(), worker);
        }
        long free = capacity - load.bytes() - station.lingeringBytes();
        return bytes <= free
                ? null
                : new Reason("no_memory", worker + ": " + shown(free) + " free < " + shown(bytes) + " asked", worker);
    }

    /** Whether nothing does; costs no words. */
    static boolean fits(Station station, Load load, long bytes) {
        return station.refusal() == null
                && freeSlots(station, load) > 0
                && bytes <= station.room().memoryBytes() - load.bytes() - station.lingeringBytes();
    }

    public static int freeSlots(Station station, Load load) {
        return station.room().slots() - load.running() - station.lingeringCount();
    }

    private static String shown(long bytes) {
        return ByteSize.format(Math.max(0, bytes));
    }

    /** What runs on a worker. */
    public record Load(int running, long bytes) {
        public static final Load NONE = new Load(0, 0);

        Load plus(long more) {
            return new Load(running + 1, bytes + more);
        }

        Load minus(long less) {
            return new Load(running - 1, bytes - less);
        }
    }
}
