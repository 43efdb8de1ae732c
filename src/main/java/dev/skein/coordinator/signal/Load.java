package dev.skein.coordinator.signal;

import dev.skein.job.NodeMemory.View;
import java.util.List;

/**
 * How much there is to do, and who does it, at one moment.
 *
 * @param queued jobs that wait
 * @param recent jobs that ended lately
 * @param nodes what they use
 */
public record Load(long queued, Recent recent, List<View> nodes) {
    public static final Load NONE = new Load(0, Recent.NOTHING, List.of());

    /**
     * Jobs that ended within {@link Endings#WINDOW}, without those that somebody cancelled.
     *
     * @param failed of those that ended, also the dead
     * @param responseMillis mean time from acceptance to end; 0 when none ended
     */
    public record Recent(long ended, long failed, double responseMillis) {
        public static final Recent NOTHING = new Recent(0, 0, 0);
    }

    public Load {
        nodes = List.copyOf(nodes);
    }
}
