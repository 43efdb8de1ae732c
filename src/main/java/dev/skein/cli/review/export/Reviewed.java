package dev.skein.cli.review.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.review.report.Report.Skips;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API has it.
 *
 * @param pages gives the page of findings that a cursor leads to; the empty cursor leads to the first
 * @param skipped what it does not review
 * @param root where its files are on this machine, or null when they are not
 */
public record Reviewed(
        JsonNode run,
        List<JsonNode> tasks,
        Pages pages,
        Skips skipped,
        @Nullable String root) {
    public Reviewed {
        tasks = List.copyOf(tasks);
    }

    /** Pages of findings. */
    @FunctionalInterface
    public interface Pages {
        JsonNode at(String cursor);
    }
}
