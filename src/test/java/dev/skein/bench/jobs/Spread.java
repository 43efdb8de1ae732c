package dev.skein.bench.jobs;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Times of several runs. */
final class Spread {
    private static final double MILLI = 1e6;

    private final String what;
    private final List<Histogram> runs = new ArrayList<>();
    private Histogram run = new Histogram(3);

    Spread(String what) {
        this.what = what;
    }

    /** What came before it was waited for took no time. */
    void add(long nanos) {
        run.recordValue(Math.max(0, nanos));
    }

    void endRun() {
        System.out.printf(
                "%s: %.2f / %.2f ms%n",
                what, run.getValueAtPercentile(50) / MILLI, run.getValueAtPercentile(99) / MILLI);
        runs.add(run);
        run = new Histogram(3);
    }

    Row row(int percentile) {
        var millis = runs.stream()
                .map(each -> each.getValueAtPercentile(percentile) / MILLI)
                .toList();
        return Row.of(what + ", p" + percentile, new Samples(millis), "ms");
    }
}
