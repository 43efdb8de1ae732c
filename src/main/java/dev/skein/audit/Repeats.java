package dev.skein.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Thins out refusals that repeat: of each kind {@value #WHOLE_MAX} a window are kept whole, the others become one line
 * with their number when the window ends. What succeeded is always kept. Confined to the writer's thread.
 */
final class Repeats {
    static final int WHOLE_MAX = 20;
    static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int KINDS_MAX = 1_000;
    private static final String OTHERS = "others";

    private final InstantSource clock;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    private static final class Kind {
        private final Instant since;
        private Deed last;
        private int seen;

        Kind(Instant since, Deed first) {
            this.since = since;
            this.last = first;
        }
    }

    Repeats(InstantSource clock) {
        this.clock = clock;
    }

    /** What to write of this batch, and of earlier ones whose window has ended. */
    List<Deed> thin(List<Deed> batch) {
        var now = clock.instant();
        var kept = new ArrayList<Deed>();
        kinds.values().removeIf(kind -> {
            boolean isOver = !now.isBefore(kind.since.plus(WINDOW));
            if (isOver && kind.seen > WHOLE_MAX) {
                kept.add(counted(kind));
            }
            return isOver;
        });
        for (var deed : batch) {
            if (!deed.outcome().startsWith("refused") || isWhole(deed, now)) {
                kept.add(deed);
            }
        }
        return kept;
    }

    private boolean isWhole(Deed deed, Instant now) {
        var key = kinds.size() < KINDS_MAX || kinds.containsKey(deed.kind()) ? deed.kind() : OTHERS;
        var kind = kinds.computeIfAbsent(key, first -> new Kind(now, deed));
        kind.last = deed;
        kind.seen++;
        return kind.seen <= WHOLE_MAX;
    }

    private static Deed counted(Kind kind) {
        var last = kind.last;
        return new Deed(
                last.who(),
                last.role(),
                last.what(),
                last.target(),
                last.outcome() + " (" + (kind.seen - WHOLE_MAX) + " more in " + WINDOW.toSeconds() + " s)",
                last.from(),
                last.request(),
                last.token());
    }
}
