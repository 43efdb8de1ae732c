package dev.skein.cli.review.export;

import dev.skein.cli.terminal.Failure;
import dev.skein.review.report.ReportFiles;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a report can be written as. */
public enum ReportFormat {
    SARIF(ReportFiles.SARIF),
    MD(ReportFiles.SUMMARY),
    JSONL(ReportFiles.LINES),
    RDJSONL(ReportFiles.RDJSON),
    JUNIT(ReportFiles.JUNIT);

    final String file;

    ReportFormat(String file) {
        this.file = file;
    }

    /** Those of the words; all without a word. */
    public static Set<ReportFormat> of(List<String> words) {
        var all = EnumSet.allOf(ReportFormat.class);
        if (words.isEmpty()) {
            return all;
        }
        var chosen = EnumSet.noneOf(ReportFormat.class);
        for (var word : words) {
            chosen.add(Arrays.stream(values())
                    .filter(one -> one.name().equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() -> Failure.usage("there is no format " + word)
                            .because("formats are "
                                    + all.stream()
                                            .map(one -> one.name().toLowerCase(Locale.ROOT))
                                            .collect(Collectors.joining(", ")))));
        }
        return chosen;
    }
}
