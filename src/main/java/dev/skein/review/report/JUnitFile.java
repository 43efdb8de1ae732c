package dev.skein.review.report;

import dev.skein.review.finding.WellFormed;
import dev.skein.review.finding.baseline.Compared;
import dev.skein.review.finding.baseline.State;
import dev.skein.review.report.Report.FailedUnit;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * A review as test results: each finding is a case, failed when it makes the review fail, else skipped; each unit that
 * could not be reviewed is an error. What is fixed is left out.
 */
final class JUnitFile {
    private final Writer xml;
    private final Report report;

    JUnitFile(OutputStream to, Report report, Counts counts) throws IOException {
        this.xml = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        this.report = report;
        long errors = report.failed().size()
                + (report.isComplete() || !report.failed().isEmpty() ? 0 : 1);
        long tests = counts.present() + errors;
        var totals = " tests=\"" + Math.max(1, tests) + "\" failures=\"" + counts.failing() + "\" errors=\"" + errors
                + "\" skipped=\"" + (counts.present() - counts.failing()) + "\"";
        xml.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + totals + ">\n");
        xml.write("  <testsuite name=\"" + escaped("skein review " + report.run()) + "\"" + totals + ">\n");
        if (tests == 0) {
            xml.write("    <testcase classname=\"review\" name=\"no findings\"/>\n");
        }
    }

    void write(Compared compared) throws IOException {
        if (compared.state() == State.FIXED) {
            return;
        }
        var finding = compared.finding();
        begin(finding.path(), finding.rule() + " at line " + finding.region().startLine());
        if (Counts.isFailing(compared, report.gate())) {
            xml.write("<failure type=\"" + finding.severity().word() + "\" message=\"" + escaped(finding.message())
                    + "\">" + escaped(finding.path() + ":" + finding.region().startLine() + "\n" + finding.quote())
                    + "</failure>");
        } else {
            var suppression = finding.suppression();
            var why = suppression == null ? "below the threshold or known" : "suppressed: " + suppression.reason();
            xml.write("<skipped message=\"" + escaped(why) + "\"/>");
        }
        xml.write("</testcase>\n");
    }

    private void begin(String group, String name) throws IOException {
        xml.write("    <testcase classname=\"" + escaped(group) + "\" name=\"" + escaped(name) + "\">");
    }

    void end() throws IOException {
        for (var unit : report.failed()) {
            error(unit);
        }
        if (!report.isComplete() && report.failed().isEmpty()) {
            error(new FailedUnit("coverage", report.coverage().percent() + " % of the lines were reviewed", 1));
        }
        xml.write("  </testsuite>\n</testsuites>\n");
        xml.flush();
    }

    private void error(FailedUnit unit) throws IOException {
        begin("review", unit.unit());
        xml.write("<error message=\"" + escaped(unit.reason()) + "\"/></testcase>\n");
    }

    private static String escaped(String text) {
        var whole = WellFormed.of(text);
        int plain = plainEnd(whole, 0);
        if (plain == whole.length()) {
            return whole;
        }
        var escaped = new StringBuilder(whole.length() + 64);
        int from = 0;
        while (plain < whole.length()) {
            escaped.append(whole, from, plain);
            escape(whole.charAt(plain), escaped);
            from = plain + 1;
            plain = plainEnd(whole, from);
        }
        return escaped.append(whole, from, plain).toString();
    }

    private static int plainEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isPlain(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isPlain(char c) {
        return isAllowed(c) && c != '<' && c != '>' && c != '&' && c != '"';
    }

    private static void escape(char c, StringBuilder to) {
        switch (c) {
            case '<' -> to.append("&lt;");
            case '>' -> to.append("&gt;");
            case '&' -> to.append("&amp;");
            case '"' -> to.append("&quot;");
            case '\n', '\t', '\r' -> to.append("&#").append((int) c).append(';');
            default -> to.append(isAllowed(c) ? c : '\uFFFD');
        }
    }

    /** Whether XML 1.0 has this character; halves of a pair are in one. */
    private static boolean isAllowed(char c) {
        return c >= ' ' && c != '\uFFFE' && c != '\uFFFF';
    }
}
