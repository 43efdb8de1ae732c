package dev.skein.http.api.workspaces;

import dev.skein.index.query.Queries.Coverage;
import dev.skein.index.query.Queries.Missing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer is made of, beside the rest of it. */
record CoverageView(
        int shardsAnswered,
        int shardsTotal,
        boolean partial,
        boolean stale,
        long overlayVersion,
        @Nullable Instant asOf,
        List<Missing> missing) {

    static CoverageView of(Coverage coverage) {
        return new CoverageView(
                coverage.shardsAnswered(),
                coverage.shardsTotal(),
                coverage.shardsAnswered() < coverage.shardsTotal(),
                coverage.stale(),
                coverage.overlayVersion(),
                time(coverage.asOfMillis()),
                coverage.missing());
    }

    /** Null for never. */
    static @Nullable Instant time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }
}
