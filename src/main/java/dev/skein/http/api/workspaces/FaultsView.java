package dev.skein.http.api.workspaces;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.skein.index.query.Code.Faults;
import dev.skein.index.symbol.Span;
import java.util.List;

/** Syntax errors as JSON has them. */
record FaultsView(
        List<FaultView> diagnostics, @JsonUnwrapped CoverageView coverage) {

    record FaultView(String severity, Span at, String message) {}

    static FaultsView of(Faults found) {
        return new FaultsView(
                found.faults().stream()
                        .map(fault -> new FaultView("error", fault.span(), fault.message()))
                        .toList(),
                CoverageView.of(found.coverage()));
    }
}
