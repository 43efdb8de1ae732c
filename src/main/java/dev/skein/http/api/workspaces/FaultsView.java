package dev.skein.http.api.workspaces;

import dev.skein.index.query.Code.Faults;
import dev.skein.index.query.Queries.Missing;
import dev.skein.index.symbol.Span;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Syntax errors as JSON has them. */
record FaultsView(
        List<FaultView> diagnostics,
        int shardsAnswered,
        int shardsTotal,
        boolean partial,
        boolean stale,
        long overlayVersion,
        @Nullable Instant asOf,
        List<Missing> missing) {

    record FaultView(String severity, Span at, String message) {}

    static FaultsView of(Faults found) {
        var coverage = found.coverage();
        return new FaultsView(
                found.faults().stream()
                        .map(fault -> new FaultView("error", fault.span(), fault.message()))
                        .toList(),
                coverage.shardsAnswered(),
                coverage.shardsTotal(),
                coverage.shardsAnswered() < coverage.shardsTotal(),
                coverage.stale(),
                coverage.overlayVersion(),
                Covered.time(coverage.asOfMillis()),
                coverage.missing());
    }
}
