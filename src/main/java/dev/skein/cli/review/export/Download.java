package dev.skein.cli.review.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Problem;
import dev.skein.review.Gap;
import dev.skein.review.Rule;
import dev.skein.review.finding.Tally;
import dev.skein.review.finding.lines.FindingReader;
import dev.skein.review.finding.lines.FindingSort;
import dev.skein.review.finding.lines.FindingWriter;
import dev.skein.review.ledger.result.ResultFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Fetches all findings of a run, page by page, into one file in order. */
final class Download {
    private final TreeMap<String, Rule> rules = new TreeMap<>();
    private final List<Gap> gaps = new ArrayList<>();
    private Tally proposals = Tally.NONE;
    private String model = "";

    /**
     * What was fetched.
     *
     * @param findings JSON lines in order
     * @param model that answered; empty without one
     */
    record Fetched(Path findings, List<Rule> rules, List<Gap> gaps, Tally proposals, String model) {}

    /** @param scratch exists; the findings' file is left in it */
    Fetched fetch(Reviewed.Pages pages, Path scratch) throws IOException {
        var file = scratch.resolve("sorted.jsonl");
        try (var sort = new FindingSort(scratch)) {
            var cursor = "";
            do {
                var page = pages.at(cursor);
                take(page, sort);
                cursor = page.path("next").asText("");
            } while (!cursor.isEmpty());
            write(sort, file);
        } catch (Problem wrong) {
            throw Failure.of(ExitCode.FAILED, "the findings cannot be read").because(wrong.sentence());
        }
        gaps.sort(
                Comparator.comparing(Gap::path).thenComparing(gap -> gap.lines().first()));
        return new Fetched(file, List.copyOf(rules.values()), List.copyOf(gaps), proposals, model);
    }

    private void take(JsonNode page, FindingSort sort) throws IOException {
        try (var read = new FindingReader(lines(page.path("findings")))) {
            while (read.hasNext()) {
                var found = read.next();
                model = model.isEmpty() ? found.finding().model() : model;
                sort.add(found);
            }
        }
        ResultFile.rules(page.path("rules")).forEach(rule -> rules.putIfAbsent(rule.id(), rule));
        gaps.addAll(ResultFile.gaps(page.path("gaps")));
        proposals = proposals.plus(ResultFile.tally(page.path("proposals")));
    }

    private static InputStream lines(JsonNode values) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var value : values) {
            bytes.write(value.toString().getBytes(StandardCharsets.UTF_8));
            bytes.write('\n');
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static void write(FindingSort sort, Path file) throws IOException {
        try (var sorted = sort.sorted();
                var out = new BufferedOutputStream(Files.newOutputStream(file));
                var writer = new FindingWriter(out)) {
            while (sorted.hasNext()) {
                writer.write(sorted.next());
            }
        }
    }
}
