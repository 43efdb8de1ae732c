package dev.skein.lsp;

import java.util.List;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;

/** What a document says; lines end with {@code \r\n}, {@code \n} or {@code \r}, columns count UTF-16 units. */
record Text(String all) {
    /** After changes in their order; a place before or past a line or the text means the end that is nearest. */
    Text with(List<TextDocumentContentChangeEvent> changes) {
        var text = this;
        for (var change : changes) {
            text = change.getRange() == null ? new Text(change.getText()) : text.replaced(change);
        }
        return text;
    }

    private Text replaced(TextDocumentContentChangeEvent change) {
        Range range = change.getRange();
        int from = offset(range.getStart());
        int to = Math.max(from, offset(range.getEnd()));
        return new Text(all.substring(0, from) + change.getText() + all.substring(to));
    }

    private int offset(Position at) {
        int start = 0;
        for (int line = 0; line < at.getLine(); line++) {
            int end = lineEnd(start);
            if (end == all.length()) {
                return end;
            }
            start = end + (all.startsWith("\r\n", end) ? 2 : 1);
        }
        return start + Math.max(0, Math.min(at.getCharacter(), lineEnd(start) - start));
    }

    private int lineEnd(int from) {
        int at = from;
        while (at < all.length() && all.charAt(at) != '\n' && all.charAt(at) != '\r') {
            at++;
        }
        return at;
    }
}
