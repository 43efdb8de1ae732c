package dev.skein.review.finding.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.Findings;
import dev.skein.review.finding.baseline.Compared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingSortTest {
    @TempDir
    Path directory;

    @Test
    void what_does_not_fit_into_memory_is_sorted_all_the_same_and_leaves_nothing_behind() throws IOException {
        var findings = random(500);
        List<Compared> sorted = new ArrayList<>();
        try (var sort = new FindingSort(directory, 2_000)) { // some five findings, so more runs than files open at once
            for (var finding : findings) {
                sort.add(finding);
            }
            try (var all = sort.sorted()) {
                all.forEachRemaining(sorted::add);
            }
        }

        assertThat(sorted).hasSize(500).isSorted().containsExactlyInAnyOrderElementsOf(findings);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void files_that_are_in_order_are_merged_and_kept() throws IOException {
        var findings = random(90);
        findings.sort(null);
        List<Compared> sorted = new ArrayList<>();
        try (var sort = new FindingSort(directory)) {
            for (int part = 0; part < 3; part++) {
                sort.addSorted(part(findings, part));
            }
            sort.add(findings.get(0));
            try (var all = sort.sorted()) {
                all.forEachRemaining(sorted::add);
            }
        }

        assertThat(sorted).hasSize(91).isSorted();
        try (var left = Files.list(directory)) {
            assertThat(left).hasSize(3);
        }
    }

    private Path part(List<Compared> findings, int part) throws IOException {
        var file = directory.resolve("part" + part);
        try (var out = Files.newOutputStream(file);
                var writer = new FindingWriter(out)) {
            for (int i = part; i < findings.size(); i += 3) {
                writer.write(findings.get(i));
            }
        }
        return file;
    }

    private static List<Compared> random(int count) {
        var random = new Random(7);
        List<Compared> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(Compared.alone(Findings.at(1 + random.nextInt(1_000))
                    .path("p" + random.nextInt(9))
                    .finding()));
        }
        return all;
    }
}
