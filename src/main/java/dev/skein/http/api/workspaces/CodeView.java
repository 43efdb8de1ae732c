package dev.skein.http.api.workspaces;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.skein.index.query.Code;
import dev.skein.index.query.Code.Answer;
import dev.skein.index.query.Code.Place;
import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.Span;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers about code as JSON has them; what a question does not ask for is left out. */
record CodeView(
        String certainty,
        String reason,
        String name,
        @Nullable Span at,
        List<PlaceView> places,
        long total,
        boolean truncated,
        @Nullable String declaration,
        @Nullable String documentation,
        @Nullable List<PlaceView> supertypes,
        @Nullable List<PlaceView> subtypes,
        @JsonUnwrapped CoverageView coverage) {

    /** One place, with the declaration there or around it. */
    record PlaceView(
            String certainty,
            String path,
            Span at,
            String line,
            @Nullable String kind,
            @Nullable String qualifiedName,
            @Nullable String key,
            @Nullable String type,
            @Nullable String parameters,
            @Nullable List<String> modifiers,
            @Nullable Span range) {
        static PlaceView of(Place place) {
            var certainty = place.certainty().name().toLowerCase(Locale.ROOT);
            var symbol = place.symbol();
            if (symbol == null) {
                return new PlaceView(
                        certainty, place.path(), place.at(), place.line(), null, null, null, null, null, null, null);
            }
            return new PlaceView(
                    certainty,
                    place.path(),
                    place.at(),
                    place.line(),
                    symbol.kind().name().toLowerCase(Locale.ROOT),
                    symbol.qualifiedName(),
                    symbol.key(),
                    symbol.type(),
                    symbol.parameters(),
                    Modifiers.words(symbol.modifiers()),
                    symbol.range());
        }
    }

    /** What only some answers have. */
    private record Extra(
            @Nullable String declaration,
            @Nullable String documentation,
            @Nullable List<PlaceView> above,
            @Nullable List<PlaceView> below) {
        static final Extra NONE = new Extra(null, null, null, null);
    }

    static CodeView of(Answer answer) {
        return of(answer, Extra.NONE);
    }

    static CodeView of(Code.Hover hover) {
        return of(hover.answer(), new Extra(hover.declaration(), hover.documentation(), null, null));
    }

    static CodeView of(Code.Hierarchy hierarchy) {
        var above = hierarchy.supertypes().stream().map(PlaceView::of).toList();
        var below = hierarchy.subtypes().stream().map(PlaceView::of).toList();
        return of(hierarchy.type(), new Extra(null, null, above, below));
    }

    private static CodeView of(Answer answer, Extra extra) {
        return new CodeView(
                answer.certainty().name().toLowerCase(Locale.ROOT),
                answer.reason(),
                answer.name(),
                answer.at(),
                answer.places().stream().map(PlaceView::of).toList(),
                answer.total(),
                answer.total() > answer.places().size(),
                extra.declaration,
                extra.documentation,
                extra.above,
                extra.below,
                CoverageView.of(answer.coverage()));
    }
}
