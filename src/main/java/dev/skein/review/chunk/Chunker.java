package dev.skein.review.chunk;

import dev.skein.review.Chunk;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.SourceFile;
import dev.skein.review.text.TextLines;
import java.util.ArrayList;
import java.util.List;

/** Cuts files into chunks. Holds buffers; not thread-safe. */
public final class Chunker {
    private final Limits limits;
    private final Boundaries boundaries = new Boundaries();

    public Chunker(Limits limits) {
        this.limits = limits;
    }

    /**
     * All of one file.
     *
     * @param chunks by line
     * @param gaps lines too long for any chunk
     */
    public record Chunked(SourceFile file, List<Chunk> chunks, List<Gap> gaps) {
        public Chunked {
            chunks = List.copyOf(chunks);
            gaps = List.copyOf(gaps);
        }
    }

    /** Chunks and gaps that together are the file; a file without a line has none. */
    public Chunked cut(SourceFile file) {
        var lines = new TextLines(file.text());
        var cut = new Cut(file, lines, boundaries.costs(file, lines), limits);
        var chunked = cut.all();
        Coverage.prove(file.path(), lines.count(), chunked);
        return chunked;
    }

    /** One file that is being cut. */
    private record Cut(SourceFile file, TextLines lines, int[] costs, Limits limits) {
        Chunked all() {
            var owned = new ArrayList<Lines>();
            var gaps = new ArrayList<Gap>();
            int line = 1;
            while (line <= lines.count()) {
                if (cost(line) > limits.characters()) {
                    gaps.add(tooLong(line));
                    line++;
                    continue;
                }
                var next = new Lines(line, last(line));
                owned.add(next);
                line = next.last() + 1;
            }
            var chunks = owned.stream()
                    .map(each -> new Chunk(file, each, shown(each)))
                    .toList();
            return new Chunked(file, chunks, gaps);
        }

        private long cost(int line) {
            return (long) lines.length(line) + Limits.LINE;
        }

        private Gap tooLong(int line) {
            var detail = "line %d has %,d characters, and %,d can be looked at at once"
                    .formatted(line, lines.length(line), limits.characters() - Limits.LINE);
            return new Gap(file.path(), new Lines(line, line), Gap.Reason.TOO_LONG, detail);
        }

        /** The last line that a chunk from this line on owns. */
        private int last(int first) {
            if (first == 1
                    && lines.count() <= limits.wholeLines()
                    && fitting(1, limits.characters()) == lines.count()) {
                return lines.count();
            }
            int most = Math.min(fitting(first, limits.characters() * 4 / 5), first + limits.chunkLines() - 1);
            if (most >= lines.count() || cost(most + 1) > limits.characters()) {
                return Math.min(most, lines.count());
            }
            return before(first + Math.max(1, (most - first + 1) / 2), most + 1) - 1;
        }

        /** The last line from this one on that fits, this one in any case. */
        private int fitting(int first, long characters) {
            long left = characters - cost(first);
            int last = first;
            while (last < lines.count() && left >= cost(last + 1)) {
                last++;
                left -= cost(last);
            }
            return last;
        }

        /** The cheapest line to cut before, the last of several. */
        private int before(int from, int to) {
            int best = to;
            for (int line = to; line >= from; line--) {
                best = costs[line] < costs[best] ? line : best;
            }
            return best;
        }

        /** What is owned and some lines around it, in turn before and after, as far as they fit. */
        private Lines shown(Lines owned) {
            long left = limits.characters();
            for (int line = owned.first(); line <= owned.last(); line++) {
                left -= cost(line);
            }
            int first = owned.first();
            int last = owned.last();
            for (int i = 0; i < limits.contextLines(); i++) {
                if (first == owned.first() - i && first > 1 && cost(first - 1) <= left) {
                    first--;
                    left -= cost(first);
                }
                if (last == owned.last() + i && last < lines.count() && cost(last + 1) <= left) {
                    last++;
                    left -= cost(last);
                }
            }
            return new Lines(first, last);
        }
    }
}
