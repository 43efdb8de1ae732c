package dev.skein.pipeline.vpl.syntax;

import dev.skein.pipeline.vpl.text.Token;
import dev.skein.pipeline.vpl.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Parses indented blocks: lines of one indentation, deeper than the header's line. */
final class BlockParser {
    private static final String DEEPER = "indent the lines of the block deeper than its header";

    private final Cursor cursor;
    private int depth;

    BlockParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /**
     * Parses the lines after a header's colon, an item each.
     *
     * @param header a token on the header's line
     * @param item parses one item and reports its own faults; may answer null
     */
    <T> List<T> block(Token header, Supplier<@Nullable T> item) {
        var items = new ArrayList<T>();
        var mark = cursor.mark();
        var first = cursor.raw();
        cursor.enterBlock(first.indent());
        if (depth >= Cursor.NESTING_MAX) {
            var message = "blocks are nested deeper than " + Cursor.NESTING_MAX;
            cursor.diagnostics().error("E009", first.at(), message, "move the inner part to a function");
            skipDeeper(header);
        } else if (!first.first()) {
            onOneLine(header, item, items);
        } else {
            depth++;
            lines(header, item, items);
            depth--;
        }
        cursor.restore(mark);
        return items;
    }

    private void skipDeeper(Token header) {
        while (!cursor.raw().is(Kind.END)
                && (!cursor.raw().first() || cursor.raw().indent() > header.indent())) {
            cursor.skip();
        }
    }

    /** Reports a block on its header's line and parses it as the single line it is. */
    private <T> void onOneLine(Token header, Supplier<@Nullable T> item, List<T> items) {
        var token = cursor.raw();
        var message = "end of the line expected after `:`, found " + token.shown();
        cursor.diagnostics().error("E000", token.at(), message, "put the block on lines of its own");
        depth++;
        cursor.enterBlock(header.indent());
        add(item, items);
        depth--;
        skipDeeper(header);
    }

    private <T> void lines(Token header, Supplier<@Nullable T> item, List<T> items) {
        var first = cursor.raw();
        boolean isIndented = !first.is(Kind.END) && first.indent() > header.indent();
        if (!isIndented) {
            cursor.diagnostics().error("E000", first.at(), "indented block expected after `:`", DEEPER);
        }
        boolean isMixed = false;
        while (continues(first, header)) {
            var token = cursor.raw();
            if (!isMixed
                    && (token.line().mixed()
                            || token.line().tabs() != first.line().tabs())) {
                var message = "tabs and spaces are mixed in one block";
                cursor.diagnostics().error("E000", token.at(), message, "indent with spaces");
                isMixed = true;
            } else if (token.indent() > first.indent()) {
                var message = "this line is indented deeper than its block";
                cursor.diagnostics().error("E000", token.at(), message, "all lines of a block share one indentation");
            }
            add(item, items);
        }
    }

    /** A block that its author forgot to indent ends where something else must begin. */
    private boolean continues(Token first, Token header) {
        var token = cursor.raw();
        if (token.is(Kind.END) || token.indent() < first.indent() || first.indent() < header.indent()) {
            return false;
        }
        boolean isForgotten = first.indent() == header.indent();
        boolean isBranch = token.isWord("elif") || token.isWord("else");
        return !isForgotten || !isBranch && !DeclarationStart.leavesFunction(cursor);
    }

    private <T> void add(Supplier<@Nullable T> item, List<T> items) {
        int before = cursor.index();
        cursor.enterStatement();
        var parsed = item.get();
        if (parsed != null) {
            items.add(parsed);
        }
        if (cursor.index() == before) {
            cursor.skip();
        }
    }
}
