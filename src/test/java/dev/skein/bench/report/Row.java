package dev.skein.bench.report;

/**
 * One line of a workload's table.
 *
 * @param what was measured
 * @param unit empty for a ratio
 * @param verdict the mark it was held against and whether it met it, or empty
 */
public record Row(String what, Samples samples, String unit, String verdict) {
    public static Row of(String what, Samples samples, String unit) {
        return new Row(what, samples, unit, "");
    }

    public Row atLeast(double mark) {
        return judged("≥ ", mark, samples.median() >= mark);
    }

    public Row atMost(double mark) {
        return judged("≤ ", mark, samples.median() <= mark);
    }

    private Row judged(String sign, double mark, boolean met) {
        return new Row(what, samples, unit, sign + Samples.of(mark) + (met ? ", met" : ", **missed**"));
    }

    /** One row of a Markdown table. */
    @Override
    public String toString() {
        return "| %s | %s | %s | %s |".formatted(what, samples, unit, verdict);
    }
}
