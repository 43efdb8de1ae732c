package dev.skein.index.scan;

import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.Symbol;
import java.util.List;
import java.util.TreeSet;

/** What the scanner finds, a line for each declaration. */
public final class Outline {
    private final JavaExtractor extractor = new JavaExtractor();

    public List<String> of(String text) {
        return extractor.extract(text).table().symbols().stream()
                .map(Outline::line)
                .toList();
    }

    private static String line(Symbol symbol) {
        var name = symbol.qualifiedName();
        var range = symbol.range();
        var start = range.line() + ":" + range.column();
        var words = new TreeSet<>(Modifiers.words(symbol.modifiers())) + " ";
        return switch (symbol.kind()) {
            case PACKAGE, MODULE, TYPE_PARAMETER, ENUM_CONSTANT, RECORD_COMPONENT -> symbol.kind() + " " + name;
            case FIELD -> "FIELD " + name + " " + words + start;
            case METHOD, CONSTRUCTOR, ANNOTATION_ELEMENT ->
                "%s/%d %s %s%s-%d:%d"
                        .formatted(
                                symbol.kind(), symbol.arity(), name, words, start, range.endLine(), range.endColumn());
            default ->
                "%s %s %s%s-%d:%d".formatted(symbol.kind(), name, words, start, range.endLine(), range.endColumn());
        };
    }
}
