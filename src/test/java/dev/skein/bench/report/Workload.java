package dev.skein.bench.report;

import java.util.List;

/** One thing that Skein is measured on. */
@FunctionalInterface
public interface Workload {
    /** Measures and fails when the outcome was wrong, however fast it came. */
    List<Row> measure() throws Exception;
}
