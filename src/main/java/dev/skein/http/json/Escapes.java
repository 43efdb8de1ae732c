package dev.skein.http.json;

import dev.skein.http.exchange.Refusal;

/** Finds half characters in JSON text: {@code \ud83d} without its other half cannot be written as UTF-8 again. */
final class Escapes {
    private static final int DIGITS = 4;

    private Escapes() {}

    static void requireText(byte[] json) {
        int at = 0;
        while (at < json.length) {
            if (json[at] != '\\') {
                at++;
            } else if (isHigh(json, at) && isLow(json, at + DIGITS + 2)) {
                at += 2 * (DIGITS + 2);
            } else if (isHigh(json, at) || isLow(json, at)) {
                throw new Refusal(400, "invalid_json", "half a character in an escape at byte " + (at + 1));
            } else {
                at += 2; // whatever is escaped, it does not begin another escape
            }
        }
    }

    private static boolean isHigh(byte[] json, int at) {
        int unit = unit(json, at);
        return unit >= Character.MIN_HIGH_SURROGATE && unit <= Character.MAX_HIGH_SURROGATE;
    }

    private static boolean isLow(byte[] json, int at) {
        int unit = unit(json, at);
        return unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE;
    }

    /** The unit escaped here, -1 when there is none. */
    private static int unit(byte[] json, int at) {
        if (at + DIGITS + 1 >= json.length || json[at] != '\\' || json[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 2 + DIGITS; i++) {
            unit = unit << 4 | Math.max(0, Character.digit(json[i], 16));
        }
        return unit;
    }
}
