package dev.skein.index.scan;

import dev.skein.index.source.DocSummary;
import dev.skein.index.source.LineMap;
import dev.skein.index.source.SourceText;
import dev.skein.index.source.UnicodeEscapes;
import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.Span;
import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolKind;
import dev.skein.index.symbol.SymbolTable;
import dev.skein.index.symbol.SymbolTableBuilder;
import java.util.List;

/**
 * Makes the table of symbols of one Java file after another. Holds buffers of the size of the largest file so far; not
 * thread-safe.
 */
public final class JavaExtractor {
    private static final int BUFFER = 64 << 10;

    /** Declarations of one file that are looked at; more would fill the memory of a small worker. */
    public static final int DECLARATIONS_MAX = 100_000;

    private final DeclarationScanner scanner = new DeclarationScanner();
    private final UnicodeEscapes escapes = new UnicodeEscapes();
    private final LineMap lines = new LineMap();
    private final SymbolTableBuilder table = new SymbolTableBuilder();
    private char[] buffer = new char[BUFFER];

    /**
     * What one file gave.
     *
     * @param balanced whether its braces match; where not, the symbols are those that could still be recognised
     * @param fault why there was no text to read or not all of it was, for a report about the file
     */
    public record Extracted(SymbolTable table, boolean balanced, SourceText.Fault fault) {}

    /** The symbols of a file's bytes; none, and the reason, where they are no text or too many. */
    public Extracted extract(byte[] bytes) {
        var source = SourceText.of(bytes);
        return source.fault() == SourceText.Fault.NONE
                ? extract(source.text())
                : new Extracted(SymbolTable.EMPTY, true, source.fault());
    }

    public Extracted extract(String text) {
        int length = text.length();
        if (length > buffer.length) {
            buffer = new char[Math.max(length, buffer.length * 2)];
        }
        text.getChars(0, length, buffer, 0);
        lines.read(buffer, length);
        if (text.contains("\\u")) {
            escapes.read(buffer, length);
        } else {
            escapes.take(buffer, length);
        }
        var found = scanner.scan(escapes.text(), escapes.end());
        table.unit(unit(found));
        for (var declared : found) {
            table.add(symbol(declared), declared.parent);
        }
        return new Extracted(table.build(), scanner.isBalanced(), scanner.fault());
    }

    private static String unit(List<Declared> found) {
        for (var declared : found) {
            if (declared.kind == SymbolKind.PACKAGE) {
                return declared.name;
            }
        }
        return "";
    }

    private Symbol symbol(Declared declared) {
        var text = escapes.text();
        boolean deprecated = DocSummary.isDeprecated(text, declared.docStart, declared.docStop);
        return new Symbol(
                declared.kind,
                declared.name,
                "",
                declared.type,
                declared.parameters,
                declared.modifiers | (deprecated ? Modifiers.DEPRECATED : 0),
                span(declared.nameStart, declared.nameStop),
                span(declared.start, declared.stop),
                DocSummary.of(text, declared.docStart, declared.docStop));
    }

    private Span span(int from, int to) {
        int start = escapes.written(from);
        int stop = escapes.written(to);
        int line = lines.line(start);
        int column = lines.column(start);
        return new Span(line, column, lines.line(stop), lines.column(stop));
    }
}
