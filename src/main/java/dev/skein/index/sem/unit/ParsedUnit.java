package dev.skein.index.sem.unit;

import dev.skein.index.source.LineMap;
import dev.skein.index.symbol.Span;
import java.util.List;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;

/** One file as a tree; positions in the tree are offsets in the text. */
public record ParsedUnit(
        String path, String text, CompilationUnitDeclaration tree, LineMap lines, List<SyntaxError> errors) {
    public ParsedUnit {
        errors = List.copyOf(errors);
    }

    /** The stretch from {@code start} to the character before {@code stop}. */
    public Span span(int start, int stop) {
        return new Span(lines.line(start), lines.column(start), lines.line(stop), lines.column(stop));
    }

    /** The offset of a place, or -1 where the text has none. */
    public int offset(int line, int column) {
        return lines.offset(line, column, text.length());
    }
}
