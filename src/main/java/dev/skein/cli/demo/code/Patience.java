package dev.skein.cli.demo.code;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Pause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** How long something is looked at again and again. */
record Patience(InstantSource clock, Duration longest) {
    private static final Duration LOOK = Duration.ofMillis(100);

    /** The first look that is right; fails with what was late, and the last look, when there is none in time. */
    JsonNode until(Supplier<JsonNode> look, Predicate<JsonNode> right, String late) {
        var deadline = clock.instant().plus(longest);
        while (true) {
            var seen = look.get();
            if (right.test(seen)) {
                return seen;
            }
            if (clock.instant().isAfter(deadline)) {
                throw Failure.of(ExitCode.TIMED_OUT, late + " within " + longest.toSeconds() + " s")
                        .because(seen.toString());
            }
            Pause.of(LOOK);
        }
    }
}
