package dev.skein.cli.review.fix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.review.ReviewApi;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Problem;
import dev.skein.review.Finding;
import dev.skein.review.Severity;
import dev.skein.review.finding.lines.FindingReader;
import dev.skein.review.fix.FileFixes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which findings of a run are to be fixed.
 *
 * @param findings in the order in which they are tried: the worst first, whole files last
 * @param unfixable how many match but nothing says what should stand there
 * @param left how many more could be tried
 */
record Chosen(List<Finding> findings, int unfixable, int left) {
    private static final Comparator<Finding> ORDER = Comparator.comparing(FileFixes::isEverywhere)
            .thenComparing(Finding::severity)
            .thenComparing(Comparator.naturalOrder());

    /**
     * The choice.
     *
     * @param fingerprints or their beginnings; empty for all
     * @param least severity
     * @param max how many
     */
    record Wish(List<String> fingerprints, Severity least, int max) {}

    static Chosen of(ReviewApi reviews, String run, Wish wish) {
        var all = new ArrayList<Finding>();
        try {
            var cursor = "";
            do {
                var page = reviews.findings(run, "&severity=" + wish.least.word(), cursor);
                read(page, all);
                cursor = page.path("next").asText("");
            } while (!cursor.isEmpty());
        } catch (IOException | Problem wrong) {
            throw Failure.of(ExitCode.FAILED, "the findings cannot be read").because(wrong.getMessage());
        }
        all.sort(ORDER);
        return wish.fingerprints.isEmpty() ? every(all, wish.max) : named(all, wish);
    }

    private static void read(JsonNode page, List<Finding> all) throws IOException {
        var lines = new StringBuilder();
        page.path("findings").forEach(each -> lines.append(each).append('\n'));
        var bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        try (var reader = new FindingReader(new ByteArrayInputStream(bytes))) {
            while (reader.hasNext()) {
                var finding = reader.next().finding();
                if (finding.suppression() == null) {
                    all.add(finding);
                }
            }
        }
    }

    private static Chosen every(List<Finding> all, int max) {
        var fixable = all.stream().filter(FileFixes::isFixable).toList();
        var chosen = fixable.subList(0, Math.min(max, fixable.size()));
        return new Chosen(List.copyOf(chosen), all.size() - fixable.size(), fixable.size() - chosen.size());
    }

    private static Chosen named(List<Finding> all, Wish wish) {
        for (var name : wish.fingerprints) {
            if (name.isBlank()
                    || all.stream().noneMatch(each -> each.fingerprint().startsWith(name))) {
                throw Failure.of(ExitCode.NOT_FOUND, "the review has no open finding " + name)
                        .advise("skein review findings -o wide shows the fingerprints");
            }
        }
        var named = all.stream()
                .filter(each -> wish.fingerprints.stream().anyMatch(each.fingerprint()::startsWith))
                .toList();
        int count = Math.min(wish.max, named.size());
        return new Chosen(List.copyOf(named.subList(0, count)), 0, named.size() - count);
    }
}
