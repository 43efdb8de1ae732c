package dev.skein.review.chunk;

import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolKind;
import dev.skein.review.SourceFile;
import dev.skein.review.text.TextLines;

/**
 * What it costs a reader when a file is cut before a line. Blocks are told apart by blank lines and by how deep the
 * next line stands; in Java a cut within a member or the comment before it costs more than any outside of one. Holds
 * buffers; not thread-safe.
 */
final class Boundaries {
    private static final int NO_BLANK = 60;
    private static final int DEEPEST = 40;
    private static final int IN_TYPE = 50;
    private static final int IN_MEMBER = 1_000;

    private final JavaExtractor extractor = new JavaExtractor();

    /** Costs by line; that of line 1 and of index 0 mean nothing. */
    int[] costs(SourceFile file, TextLines lines) {
        var costs = blocks(lines);
        if (file.language().equals("java")) {
            try {
                declarations(file.text(), lines, costs);
            } catch (RuntimeException e) {
                return blocks(lines); // never because of a boundary is a file not reviewed
            }
        }
        return costs;
    }

    private static int[] blocks(TextLines lines) {
        var costs = new int[lines.count() + 1];
        for (int line = 2; line <= lines.count(); line++) {
            int indent = lines.indent(line);
            boolean begins = lines.isBlank(line - 1) && indent >= 0;
            costs[line] = begins ? Math.min(indent, DEEPEST) : NO_BLANK;
        }
        return costs;
    }

    private void declarations(String text, TextLines lines, int[] costs) {
        for (var symbol : extractor.extract(text).table().symbols()) {
            int first = documented(symbol, lines);
            int last = Math.min(symbol.range().endLine() + 1, lines.count());
            if (symbol.kind().isType()) {
                int name = symbol.name().line() + 1;
                add(costs, first + 1, name, IN_MEMBER);
                add(costs, name + 1, last, IN_TYPE);
            } else if (symbol.kind() != SymbolKind.PACKAGE && symbol.kind() != SymbolKind.MODULE) {
                add(costs, first + 1, last, IN_MEMBER);
            }
        }
    }

    private static void add(int[] costs, int first, int last, int more) {
        for (int line = Math.max(2, first); line <= last && line < costs.length; line++) {
            costs[line] += more;
        }
    }

    /** The line where a declaration begins, or the comment right before it. */
    private static int documented(Symbol symbol, TextLines lines) {
        int first = Math.min(symbol.range().line() + 1, lines.count());
        int above = first - 1;
        if (above < 1 || !lines.text(above, above).strip().endsWith("*/")) {
            return first;
        }
        while (above > 1 && !lines.text(above, above).contains("/*")) {
            above--;
        }
        return above;
    }
}
