package dev.skein.http.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the contract.
 *
 * @param bodyBytesMax longest body, whether one is expected or not
 * @param body what the body must look like; null when none is expected
 * @param isHandChecked whether its handler checks the body itself while reading it
 * @param isBodyOptional whether there need not be a body at all
 * @param query unmodifiable
 * @param isRateExempt whether it never counts against the rate limit
 * @param takesWork whether a token that lets its bearer send jobs here is enough
 */
public record Operation(
        String id,
        String method,
        String path,
        Access access,
        Family family,
        int bodyBytesMax,
        @Nullable Schema body,
        boolean isBodyOptional,
        boolean isHandChecked,
        boolean isRateExempt,
        boolean takesWork,
        List<Query> query) {
    private static final List<String> CLOSED =
            List.of("/api/v1/jobs", "/api/v1/schedules", "/api/v1/workspaces", "/api/v1/reviews");

    /** One query parameter; {@code fallback} is its default as text, null when it may be absent. */
    public record Query(
            String name, Schema schema, @Nullable String fallback) {}

    /** Whether query parameters that it does not list are refused; other operations let them through. */
    public boolean isQueryClosed() {
        return CLOSED.stream().anyMatch(path::startsWith);
    }

    public boolean isChanging() {
        return !method.equals("GET");
    }
}
