package dev.skein.review.report.sarif;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skein.review.Gap;
import dev.skein.review.report.Report;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a SARIF file says about the review itself: what was not looked at, and what is not in the file. */
final class SarifNotices {
    private static final int EACH_MAX = 1_000;

    private final JsonGenerator json;
    private final Report report;

    SarifNotices(JsonGenerator json, Report report) {
        this.json = json;
        this.report = report;
    }

    /** @param cut findings that are not in the file */
    void write(long cut) throws IOException {
        json.writeArrayFieldStart("toolExecutionNotifications");
        var coverage = report.coverage();
        notice(
                "note",
                "coverage",
                coverage.percent() + " % of the lines were reviewed: " + coverage.reviewed() + " of " + coverage.lines()
                        + " in " + coverage.files() + " files",
                null);
        if (cut > 0) {
            notice(
                    "warning",
                    "cut",
                    cut + " findings are not in this file, which has the worst ones; findings.jsonl " + "has all",
                    null);
        }
        for (var unit : report.failed().stream().limit(EACH_MAX).toList()) {
            notice("error", "failed-unit", unit.unit() + " was not reviewed: " + unit.reason(), null);
        }
        more(report.failed().size(), "error", "failed-unit");
        for (var gap : report.gaps().stream().limit(EACH_MAX).toList()) {
            notice("error", "gap", gap(gap), gap.path());
        }
        more(report.gaps().size(), "error", "gap");
        var skipped = report.skipped();
        for (var file : skipped.first().stream().limit(EACH_MAX).toList()) {
            notice("note", "skipped", "skipped: " + file.reason(), file.path());
        }
        more(EACH_MAX + skipped.more() + Math.max(0, skipped.first().size() - EACH_MAX), "note", "skipped");
        json.writeEndArray();
    }

    private static String gap(Gap gap) {
        return "lines " + gap.lines().first() + " to " + gap.lines().last() + " were not reviewed ("
                + gap.reason().word() + "): " + gap.detail();
    }

    private void more(long size, String level, String kind) throws IOException {
        if (size > EACH_MAX) {
            notice(level, kind, "and " + (size - EACH_MAX) + " more", null);
        }
    }

    private void notice(String level, String kind, String text, @Nullable String path) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("descriptor");
        json.writeStringField("id", kind);
        json.writeEndObject();
        json.writeStringField("level", level);
        SarifFile.message(json, text);
        if (path != null) {
            json.writeArrayFieldStart("locations");
            json.writeStartObject();
            json.writeObjectFieldStart("physicalLocation");
            SarifFile.artifact(json, path);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
