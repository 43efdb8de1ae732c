package dev.skein.http.api.workspaces;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.skein.index.query.Queries.Answer;
import dev.skein.index.search.Hit;
import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.Span;
import java.util.List;
import java.util.Locale;

/** Symbols as JSON has them, with what the answer is made of. */
record Covered(
        List<SymbolView> symbols,
        long total,
        boolean truncated,
        @JsonUnwrapped CoverageView coverage) {

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
        return new Covered(
                answer.hits().stream().map(SymbolView::of).toList(),
                answer.total(),
                answer.total() > answer.hits().size(),
                CoverageView.of(answer.coverage()));
    }
}
