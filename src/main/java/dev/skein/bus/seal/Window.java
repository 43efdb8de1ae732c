package dev.skein.bus.seal;

import java.util.BitSet;

/**
 * Which numbers were seen, so that a copy is told from the original: those above a floor, each once, and none that is
 * more than {@value #NUMBERS} behind the highest. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4303#section-3.4.3">RFC 4303, anti-replay window</a>
 */
final class Window {
    static final int NUMBERS = 1_024;

    private final BitSet seen = new BitSet(NUMBERS); // number modulo NUMBERS
    private final long floor;
    private long highest;

    /** A window in which nothing was seen; numbers up to the floor are old. */
    Window(long floor) {
        this.floor = floor;
        this.highest = floor;
    }

    /** Whether this number is new; it is not the second time. */
    synchronized boolean isNew(long number) {
        if (number <= floor || number <= highest - NUMBERS) {
            return false;
        }
        if (number > highest) {
            forgetUpTo(number);
            highest = number;
        }
        int bit = (int) (number % NUMBERS);
        boolean isSeen = seen.get(bit);
        seen.set(bit);
        return !isSeen;
    }

    private void forgetUpTo(long number) {
        if (number - highest >= NUMBERS) {
            seen.clear();
            return;
        }
        for (long each = highest + 1; each <= number; each++) {
            seen.clear((int) (each % NUMBERS));
        }
    }
}
