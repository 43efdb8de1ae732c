package dev.skein.router.review.copy;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;

/**
 * How many repositories this node keeps for reviews.
 *
 * @param copiesMax commits that are there at once; past that those go whose runs have ended, and when none has another
 *     is refused ({@code router.reviews.copies-max}, default 8)
 */
public record ReviewCopiesConfig(int copiesMax) {
    public static final ReviewCopiesConfig DEFAULTS = new ReviewCopiesConfig(8);
    private static final int COPIES_LIMIT = 1_000;

    public ReviewCopiesConfig {
        Check.between("router.reviews.copies-max", copiesMax, 1, COPIES_LIMIT);
    }

    public static ReviewCopiesConfig from(Settings settings) {
        return settings.build(
                DEFAULTS,
                () -> new ReviewCopiesConfig(
                        settings.integer("router.reviews.copies-max", DEFAULTS.copiesMax, 1, COPIES_LIMIT)));
    }
}
