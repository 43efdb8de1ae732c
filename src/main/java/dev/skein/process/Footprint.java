package dev.skein.process;

import dev.skein.process.ProcessTable.Row;
import java.util.List;

/**
 * What the processes of one command hold together, and whether that is more than they may. The sum of what each has
 * resident counts shared parts again and again, but it is cheap, and it is never too little: only when it passes the
 * cap is the kernel asked how much it is in truth. Not thread-safe.
 */
final class Footprint {
    /** So many are asked for at each look; of more, all at every second, third and so on. */
    private static final int ASKED_PER_LOOK = 64;

    private final long capBytes;
    private long bytes;
    private int looksToSkip;
    private Verdict last = Verdict.WITHIN;

    /** What is known after a look. */
    enum Verdict {
        WITHIN,
        /** More than the cap for a moment: who starts a program borrows all of its parent's memory until it does. */
        SUSPECTED,
        /** More than the cap at two looks in a row. */
        EXCEEDED
    }

    /** @param capBytes 0 for none */
    Footprint(long capBytes) {
        this.capBytes = capBytes;
    }

    /** Looks at them. */
    Verdict look(List<Row> members) {
        long resident = members.stream().mapToLong(Row::residentBytes).sum();
        if (capBytes <= 0 || resident <= capBytes) {
            bytes = resident;
            looksToSkip = 0;
            last = Verdict.WITHIN;
            return last;
        }
        if (looksToSkip-- > 0) {
            return Verdict.WITHIN;
        }
        long held = ProcessTable.proportionalBytes(members);
        if (held <= capBytes) {
            bytes = held;
            looksToSkip = members.size() / ASKED_PER_LOOK;
            last = Verdict.WITHIN;
            return last;
        }
        looksToSkip = 0;
        if (last == Verdict.WITHIN) {
            last = Verdict.SUSPECTED;
            return last;
        }
        bytes = held;
        last = Verdict.EXCEEDED;
        return last;
    }

    /** Of all of them together, shared parts once; never what is only suspected. */
    long bytes() {
        return bytes;
    }
}
