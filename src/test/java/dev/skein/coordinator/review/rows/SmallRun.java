package dev.skein.coordinator.review.rows;

import dev.skein.review.run.Reviews.Choice;
import dev.skein.review.run.Reviews.Origin;
import java.util.List;
import java.util.Map;

/** Runs of one file with ten lines. */
public final class SmallRun {
    private SmallRun() {}

    /** @param isFilled whether all of its tasks are there */
    public static Run of(String id, boolean isFilled, long createdAt) {
        var choice = new Choice("pmd", List.of(), List.of(), 0, Map.of(), List.of(), 3);
        return new Run(
                id,
                id,
                "h",
                "app",
                "/srv",
                "n",
                Origin.NONE,
                choice,
                "",
                "f",
                1,
                10,
                Map.of(),
                "ann",
                isFilled,
                false,
                createdAt,
                null);
    }
}
