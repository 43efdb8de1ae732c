package dev.skein.review.finding.lines;

import dev.skein.review.Finding;
import dev.skein.review.Finding.Suppression;
import dev.skein.review.Region;
import dev.skein.review.Severity;
import dev.skein.review.finding.baseline.Compared;
import dev.skein.review.finding.baseline.State;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Findings from JSON lines, one at a time; lines of rejections are passed over. Not thread-safe. */
public final class FindingReader implements Iterator<Compared>, AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final Fields fields;
    private @Nullable Compared next;

    public FindingReader(InputStream from) throws IOException {
        fields = new Fields(from);
        next = read();
    }

    public static FindingReader of(Path file) throws IOException {
        return new FindingReader(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Compared next() {
        var found = next;
        if (found == null) {
            throw new NoSuchElementException("no more findings");
        }
        next = read();
        return found;
    }

    private @Nullable Compared read() {
        while (fields.next()) {
            var read = new Parts().read();
            if (read != null) {
                return read;
            }
        }
        return null;
    }

    @Override
    public void close() {
        fields.close();
    }

    /** One finding in the making. */
    private final class Parts {
        private final Place place = new Place();
        private @Nullable String path;
        private @Nullable String quote;
        private @Nullable String rule;
        private @Nullable Severity severity;
        private @Nullable Double confidence;
        private @Nullable String message;
        private @Nullable String suggestion;
        private @Nullable String replacement;
        private @Nullable String engine;
        private String model = "";
        private String task = "";
        private @Nullable String fingerprint;
        private String lineHash = "";
        private @Nullable Suppression suppression;
        private @Nullable State state;
        private boolean rejected;

        @Nullable
        Compared read() {
            for (var key = fields.key(); key != null; key = fields.key()) {
                if (rejected || key.equals("rejected") || key.equals("skipped")) {
                    rejected = true;
                    fields.skip();
                } else {
                    take(key);
                }
            }
            return rejected ? null : new Compared(finding(), state);
        }

        private void take(String key) {
            switch (key) {
                case "path" -> path = fields.text();
                case "start_line" -> place.startLine = fields.number(1);
                case "start_column" -> place.startColumn = fields.number(1);
                case "end_line" -> place.endLine = fields.number(1);
                case "end_column" -> place.endColumn = fields.number(1);
                case "quote" -> quote = fields.text();
                case "rule" -> rule = fields.text();
                case "severity" -> severity = fields.word(Severity::of);
                case "confidence" -> confidence = fields.share();
                case "message" -> message = fields.text();
                case "suggestion" -> suggestion = fields.textOrNull();
                case "replacement" -> replacement = fields.textOrNull();
                case "engine" -> engine = fields.text();
                case "model" -> model = fields.text();
                case "task" -> task = fields.text();
                case "fingerprint" -> fingerprint = fields.text();
                case "line_hash" -> lineHash = fields.text();
                case "suppression" -> suppression = suppression();
                case "baseline" -> state = fields.isNull() ? null : fields.word(State::of);
                default -> fields.skip();
            }
        }

        private @Nullable Suppression suppression() {
            if (fields.isNull()) {
                return null;
            }
            fields.object();
            String where = null;
            var reason = "";
            for (var key = fields.key(); key != null; key = fields.key()) {
                switch (key) {
                    case "where" -> where = fields.text();
                    case "reason" -> reason = fields.text();
                    default -> fields.skip();
                }
            }
            return new Suppression(fields.required(where, "where"), reason);
        }

        private Finding finding() {
            return new Finding(
                    fields.required(path, "path"),
                    place.region(),
                    fields.required(quote, "quote"),
                    fields.required(rule, "rule"),
                    fields.required(severity, "severity"),
                    fields.required(confidence, "confidence"),
                    fields.required(message, "message"),
                    suggestion,
                    replacement,
                    fields.required(engine, "engine"),
                    model,
                    task,
                    fields.required(fingerprint, "fingerprint"),
                    lineHash,
                    suppression);
        }
    }

    private final class Place {
        private @Nullable Integer startLine;
        private @Nullable Integer startColumn;
        private @Nullable Integer endLine;
        private @Nullable Integer endColumn;

        Region region() {
            return new Region(
                    fields.required(startLine, "start_line"),
                    fields.required(startColumn, "start_column"),
                    fields.required(endLine, "end_line"),
                    fields.required(endColumn, "end_column"));
        }
    }
}
