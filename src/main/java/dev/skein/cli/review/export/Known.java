package dev.skein.cli.review.export;

import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Problem;
import dev.skein.review.Finding;
import dev.skein.review.finding.baseline.Baseline;
import dev.skein.review.finding.baseline.Compared;
import dev.skein.review.finding.baseline.State;
import dev.skein.review.finding.lines.FindingReader;
import dev.skein.review.finding.lines.FindingWriter;
import dev.skein.review.finding.suppress.SuppressionFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a team knows of its findings before a report is made.
 *
 * @param baseline findings of an earlier report; null for none, and then no finding is new or old
 */
public record Known(@Nullable Path baseline, SuppressionFile suppressions) {
    private static final SuppressionFile NONE = new SuppressionFile(List.of(), List.of(), List.of());
    private static final long SUPPRESSIONS_MAX = 8 << 20;

    /**
     * Reads the file of suppressions; it may have no fault.
     *
     * @param suppressions null for none
     */
    public static Known of(@Nullable Path baseline, @Nullable Path suppressions, LocalDate today) {
        if (baseline != null && !Files.isReadable(baseline)) {
            throw Failure.usage("--baseline: %s cannot be read".formatted(baseline))
                    .advise("the findings.jsonl of an earlier report");
        }
        if (baseline != null) {
            check(baseline);
        }
        if (suppressions == null) {
            return new Known(baseline, NONE);
        }
        try {
            if (Files.size(suppressions) > SUPPRESSIONS_MAX) {
                throw Failure.usage("--suppressions: %s is larger than 8 MiB".formatted(suppressions));
            }
            var file = SuppressionFile.parse(Files.readString(suppressions, StandardCharsets.UTF_8), today);
            if (!file.faults().isEmpty()) {
                throw Failure.usage("--suppressions: %s: %s"
                        .formatted(suppressions, file.faults().get(0)));
            }
            return new Known(baseline, file);
        } catch (IOException e) {
            throw Failure.usage("--suppressions: %s cannot be read".formatted(suppressions))
                    .because(e.toString());
        }
    }

    /**
     * Marks what is suppressed, and what is new, unchanged or fixed where there is a baseline.
     *
     * @param findings in order, as are those of the file that is made
     */
    Path applied(Path findings, Path scratch) throws IOException {
        if (baseline == null && suppressions.equals(NONE)) {
            return findings;
        }
        var file = scratch.resolve("known.jsonl");
        try (var now = FindingReader.of(findings);
                var out = new BufferedOutputStream(Files.newOutputStream(file));
                var writer = new FindingWriter(out)) {
            if (baseline == null) {
                write(map(now), writer);
                return file;
            }
            try (var before = FindingReader.of(baseline)) {
                write(
                        Baseline.compare(
                                found(before), map(now).map(Compared::finding).iterator()),
                        writer);
            }
        }
        return file;
    }

    private Stream<Compared> map(Iterator<Compared> found) {
        return stream(found).map(each -> new Compared(suppressions.apply(each.finding()), each.state()));
    }

    /** Reads all of it, so that what is wrong with it is not taken for a fault of the review. */
    private static void check(Path baseline) {
        try (var before = FindingReader.of(baseline)) {
            var last = "";
            while (before.hasNext()) {
                var path = before.next().finding().path();
                if (path.compareTo(last) < 0) {
                    throw Failure.usage("--baseline: %s is not in the order of a report: %s comes after %s"
                            .formatted(baseline, path, last));
                }
                last = path;
            }
        } catch (Problem | IOException wrong) {
            throw Failure.usage("--baseline: %s is no list of findings".formatted(baseline))
                    .because(String.valueOf(wrong.getMessage()));
        }
    }

    /** What was fixed then is not there any more. */
    private static Iterator<Finding> found(Iterator<Compared> before) {
        return stream(before)
                .filter(each -> each.state() != State.FIXED)
                .map(Compared::finding)
                .iterator();
    }

    private static Stream<Compared> stream(Iterator<Compared> each) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(each, Spliterator.ORDERED), false);
    }

    private static void write(Stream<Compared> found, FindingWriter writer) throws IOException {
        write(found.iterator(), writer);
    }

    private static void write(Iterator<Compared> found, FindingWriter writer) throws IOException {
        while (found.hasNext()) {
            writer.write(found.next());
        }
    }
}
