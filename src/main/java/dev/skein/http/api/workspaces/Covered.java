package dev.skein.http.api.workspaces;

import dev.skein.index.query.Queries.Answer;
import dev.skein.index.query.Queries.Missing;
import dev.skein.index.search.Hit;
import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.Span;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Symbols as JSON has them, with what the answer is made of. */
record Covered(
        List<SymbolView> symbols,
        long total,
        boolean truncated,
        int shardsAnswered,
        int shardsTotal,
        boolean partial,
        boolean stale,
        long overlayVersion,
        @Nullable Instant asOf,
        List<Missing> missing) {

    /** One symbol, flat; lines and columns count from 0. */
    record SymbolView(
            String name,
            String kind,
            String container,
            String qualifiedName,
            String key,
            String type,
            String parameters,
            List<String> modifiers,
            boolean deprecated,
            String summary,
            String path,
            Span nameAt,
            Span range,
            String content) {
        static SymbolView of(Hit hit) {
            var symbol = hit.symbol();
            return new SymbolView(
                    symbol.identifier(),
                    symbol.kind().name().toLowerCase(Locale.ROOT),
                    symbol.container(),
                    symbol.qualifiedName(),
                    symbol.key(),
                    symbol.type(),
                    symbol.parameters(),
                    Modifiers.words(symbol.modifiers()),
                    symbol.isDeprecated(),
                    symbol.summary(),
                    hit.path(),
                    symbol.name(),
                    symbol.range(),
                    hit.content().toString());
        }
    }

    static Covered of(Answer answer) {
        var coverage = answer.coverage();
        return new Covered(
                answer.hits().stream().map(SymbolView::of).toList(),
                answer.total(),
                answer.total() > answer.hits().size(),
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
