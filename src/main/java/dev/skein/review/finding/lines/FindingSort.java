package dev.skein.review.finding.lines;

import dev.skein.review.Finding;
import dev.skein.review.finding.baseline.Compared;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * Sorts findings, any number of them in bounded memory: what does not fit is written to files in a directory of the
 * caller's, which are read again side by side. The order does not depend on how they came in, except that of equal
 * findings. Not thread-safe.
 */
public final class FindingSort implements AutoCloseable {
    /** Characters held at once. */
    private static final int HELD_MAX = 8 << 20;

    private static final int OVERHEAD = 300; // of one finding, in characters
    private static final int OPEN_MAX = 64; // files read at once

    private final Path directory;
    private final int heldMax;
    private final List<Compared> held = new ArrayList<>();
    private final List<Path> runs = new ArrayList<>();
    private final List<Path> own = new ArrayList<>();
    private long heldCharacters;

    /** @param directory exists; files in it are removed at {@link #close} */
    public FindingSort(Path directory) {
        this(directory, HELD_MAX);
    }

    FindingSort(Path directory, int heldMax) {
        this.directory = directory;
        this.heldMax = heldMax;
    }

    public void add(Finding finding) throws IOException {
        add(Compared.alone(finding));
    }

    public void add(Compared compared) throws IOException {
        held.add(compared);
        heldCharacters += size(compared.finding());
        if (heldCharacters > heldMax) {
            spill();
        }
    }

    private static int size(Finding finding) {
        int suggestion = finding.suggestion() == null ? 0 : finding.suggestion().length();
        return OVERHEAD
                + finding.path().length()
                + finding.quote().length()
                + finding.message().length()
                + suggestion;
    }

    /** Findings of a file that are in order already; the file stays as it is and must stay until {@link #close}. */
    public void addSorted(Path file) {
        runs.add(file);
    }

    /** All that were added; to be closed before this is. */
    public Sorted sorted() throws IOException {
        while (runs.size() > OPEN_MAX) {
            var first = List.copyOf(runs.subList(0, OPEN_MAX));
            try (var merged = new Sorted(first, List.of())) {
                runs.add(written(merged));
            }
            runs.subList(0, OPEN_MAX).clear();
        }
        held.sort(null);
        return new Sorted(runs, held);
    }

    private void spill() throws IOException {
        held.sort(null);
        runs.add(written(held.iterator()));
        held.clear();
        heldCharacters = 0;
    }

    private Path written(Iterator<Compared> findings) throws IOException {
        var file = Files.createTempFile(directory, "findings-", ".jsonl");
        own.add(file);
        try (var out = new BufferedOutputStream(Files.newOutputStream(file));
                var writer = new FindingWriter(out)) {
            while (findings.hasNext()) {
                writer.write(findings.next());
            }
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        held.clear();
        for (var file : own) {
            Files.deleteIfExists(file);
        }
    }

    /** Findings in order. */
    public static final class Sorted implements Iterator<Compared>, AutoCloseable {
        private final List<FindingReader> readers = new ArrayList<>();
        private final PriorityQueue<Head> heads = new PriorityQueue<>();

        private record Head(Compared finding, int number, Iterator<Compared> rest) implements Comparable<Head> {
            private static final Comparator<Head> ORDER =
                    Comparator.comparing(Head::finding).thenComparing(Head::number);

            @Override
            public int compareTo(Head other) {
                return ORDER.compare(this, other);
            }
        }

        private Sorted(List<Path> files, List<Compared> held) throws IOException {
            try {
                for (var file : files) {
                    readers.add(FindingReader.of(file));
                }
            } catch (IOException | RuntimeException e) {
                close();
                throw e;
            }
            readers.forEach(reader -> push(reader, heads.size()));
            push(held.iterator(), readers.size());
        }

        private void push(Iterator<Compared> source, int number) {
            if (source.hasNext()) {
                heads.add(new Head(source.next(), number, source));
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public Compared next() {
            var head = heads.poll();
            if (head == null) {
                throw new NoSuchElementException("no more findings");
            }
            push(head.rest, head.number);
            return head.finding;
        }

        @Override
        public void close() {
            readers.forEach(FindingReader::close);
        }
    }
}
