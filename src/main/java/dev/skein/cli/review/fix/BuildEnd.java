package dev.skein.cli.review.fix;

import dev.skein.review.fix.BuildError;
import java.util.List;

/** How a build of a work tree ended. */
sealed interface BuildEnd {
    /** With success. */
    record Passed() implements BuildEnd {}

    /**
     * It said no, or was ended by one of its limits.
     *
     * @param reason one sentence
     * @param errors the first that it told of
     */
    record Failed(String reason, List<BuildError> errors) implements BuildEnd {}

    /** Nobody knows: it did not run, or not to an end of its own. */
    record Unknown(String reason) implements BuildEnd {}
}
