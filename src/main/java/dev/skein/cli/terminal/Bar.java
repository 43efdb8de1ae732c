package dev.skein.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Progress on standard error: one line redrawn on a terminal, a plain line each ten seconds elsewhere. */
public final class Bar {
    private static final Duration REDRAW = Duration.ofMillis(250);
    private static final Duration PLAIN = Duration.ofSeconds(10);
    private static final int CELLS = 16;
    private static final int HUNDRED = 100;

    private final Terminal terminal;
    private final InstantSource clock;
    private final String label;
    private final long total;
    private final Instant began;
    private Instant next;

    /**
     * A bar at zero.
     *
     * @param label what is counted, such as {@code mandelbrot  1 000 000 pixels}
     */
    public Bar(Terminal terminal, InstantSource clock, String label, long total) {
        this.terminal = terminal;
        this.clock = clock;
        this.label = label;
        this.total = total;
        this.began = clock.instant();
        this.next = terminal.shape().progress() ? began : began.plus(PLAIN);
    }

    /** Shows how far it is, unless that was done a moment ago. */
    public void at(long done) {
        var now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        boolean redraws = terminal.shape().progress();
        next = now.plus(redraws ? REDRAW : PLAIN);
        if (redraws) {
            terminal.sayPart("\r" + line(done, now) + "\u001b[K");
        } else {
            terminal.say(line(done, now));
        }
    }

    /** Clears the line for what follows. */
    public void end() {
        if (terminal.shape().progress()) {
            terminal.sayPart("\r\u001b[K");
        }
    }

    private String line(long done, Instant now) {
        int full = (int) (CELLS * done / total);
        var cells = "█".repeat(full) + "░".repeat(CELLS - full);
        return "%s  %s  %d %%  %s".formatted(label, cells, HUNDRED * done / total, eta(done, now));
    }

    private String eta(long done, Instant now) {
        if (done == 0) {
            return "ETA unknown";
        }
        long left = Duration.between(began, now).toMillis() * (total - done) / done;
        return String.format(Locale.ROOT, "ETA %d s", (left + 999) / 1_000);
    }
}
