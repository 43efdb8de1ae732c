package dev.skein.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Repeated measurements of one thing in the order they were taken; at least one. */
public record Samples(List<Double> values) {
    private static final MathContext DIGITS = new MathContext(3); // more would claim what the spread denies
    private static final char THIN_SPACE = '\u202f';

    public Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    public static Samples of(double value) {
        return new Samples(List.of(value));
    }

    public double median() {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The quotients of measurements taken next to each other; both must have as many. */
    public Samples over(Samples other) {
        if (values.size() != other.values.size()) {
            throw new IllegalArgumentException(values.size() + " measurements over " + other.values.size());
        }
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < values.size(); i++) {
            ratios.add(values.get(i) / other.values.get(i));
        }
        return new Samples(ratios);
    }

    /** {@code 2 910 000 (2 700 000–3 040 000)}; a single measurement stands alone. */
    @Override
    public String toString() {
        double least = values.stream().mapToDouble(each -> each).min().orElseThrow();
        double most = values.stream().mapToDouble(each -> each).max().orElseThrow();
        return values.size() == 1
                ? rounded(least)
                : rounded(median()) + " (" + rounded(least) + "–" + rounded(most) + ")";
    }

    private static String rounded(double value) {
        var plain = new BigDecimal(value).round(DIGITS);
        if (plain.scale() > 0) {
            return plain.toPlainString();
        }
        return String.format("%,d", plain.longValue()).replace(',', THIN_SPACE);
    }
}
