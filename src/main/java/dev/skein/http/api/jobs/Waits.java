package dev.skein.http.api.jobs;

import dev.skein.http.exchange.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long an answer may be held back: {@code 250ms}, {@code 30s}, {@code 1m}; a bare number is milliseconds. */
final class Waits {
    private static final Pattern FORM = Pattern.compile("(\\d{1,7})(ms|s|m)?");
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L);

    /** Beyond the wait itself, for the way there and back. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private Waits() {}

    /** In milliseconds, 0 when nothing is asked for; refused beyond {@code max}. */
    static long millis(@Nullable String text, long max) {
        if (text == null) {
            return 0;
        }
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw Refusal.faulty("invalid_query", List.of("wait must be a duration like 250ms, 30s or 1m"));
        }
        var unit = form.group(2) == null ? "ms" : form.group(2);
        long millis = Long.parseLong(form.group(1)) * MILLIS.getOrDefault(unit, 1L);
        if (millis > max) {
            throw Refusal.faulty("invalid_query", List.of("wait must be at most " + max / 1_000 + "s"));
        }
        return millis;
    }

    static Duration deadline(long millis) {
        return MARGIN.plusMillis(millis);
    }
}
