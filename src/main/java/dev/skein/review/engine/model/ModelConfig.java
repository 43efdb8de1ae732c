package dev.skein.review.engine.model;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import dev.skein.review.Severity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How reviews by a model go, whichever it is. Built once at start.
 *
 * @param piecesMax pieces of one task that are asked about at once ({@code review.pieces-max}, default 4)
 * @param refuteFrom findings this bad or worse are looked at a second time with the wish to refute them; null: none
 *     ({@code review.refute-from}, default {@code high}; {@code off})
 */
public record ModelConfig(int piecesMax, @Nullable Severity refuteFrom) {
    public static final ModelConfig DEFAULTS = new ModelConfig(4, Severity.HIGH);
    private static final int PIECES_MAX = 64;
    private static final String OFF = "off";

    public ModelConfig {
        Check.between("review.pieces-max", piecesMax, 1, PIECES_MAX);
    }

    public static ModelConfig from(Settings settings) {
        var refute =
                settings.choice("review.refute-from", "high", Set.of(OFF, "critical", "high", "medium", "low", "info"));
        return settings.build(
                DEFAULTS,
                () -> new ModelConfig(
                        settings.integer("review.pieces-max", DEFAULTS.piecesMax, 1, PIECES_MAX),
                        refute.equals(OFF) ? null : Severity.of(refute)));
    }
}
