package dev.skein.git;

import java.util.Locale;

/**
 * A place that may be copied from, and what of it.
 *
 * @param url without credentials
 * @param ref a branch, a tag, a whole commit's name, or empty for what the repository points to
 */
public record Source(String url, String ref) {
    /** Whether nobody on the way can read what is said. */
    boolean isSealed() {
        return url.toLowerCase(Locale.ROOT).startsWith("https:");
    }
}
