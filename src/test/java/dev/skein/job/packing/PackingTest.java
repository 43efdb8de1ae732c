package dev.skein.job.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.bus.Packing;
import dev.skein.job.Job.Progress;
import dev.skein.job.JobRuns.Assignment;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Report;
import dev.skein.job.JobRuns.Run;
import dev.skein.job.JobSpec;
import dev.skein.job.JobSpec.Needs;
import dev.skein.job.JobSpec.Order;
import dev.skein.job.JobSpec.Timeouts;
import dev.skein.job.Jobs.SubmitMany;
import dev.skein.job.Outcome;
import dev.skein.pipeline.Workers.Caller;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PackingTest {
    private static final Ref REF = new Ref("j1-2", 3);
    private static final Progress HALF = new Progress(0.5, "half ü", "{\"a\":1}");

    static Stream<Arguments> records() {
        var full = new JobSpec(
                "exec",
                "{\"x\":\"ä\"}",
                new Order(0, "f", "k", 3, Duration.ofSeconds(5)),
                new Timeouts(Duration.ofSeconds(1), null, Duration.ofMillis(3), Duration.ofDays(2)),
                new Needs(List.of("gpu"), List.of("zone=b"), "w1", 1L << 40, true),
                7,
                "key",
                List.of("a=b", "c"),
                Duration.ofDays(3));
        var details = new Outcome.Details("rlimit", 5L, 6, "java", 134, null, true);
        var killed = Outcome.oomKilled("too much", details);
        return Stream.of(
                Arguments.of(
                        new SubmitPacking(),
                        new SubmitMany(List.of(full, JobSpec.of("mcp", "null")), new Caller("a", "b", "c"))),
                Arguments.of(
                        new RunPacking(),
                        new Run(
                                9,
                                10_000,
                                List.of(
                                        new Assignment(REF, "exec", "{}", 4, 5, 6, HALF),
                                        new Assignment(REF, "mcp", "ü", 0, 0, 0, null)))),
                Arguments.of(
                        new ReportPacking(),
                        new Report(
                                "w1",
                                "w1@2",
                                List.of(
                                        News.started(REF),
                                        News.progress(REF, HALF),
                                        News.finished(REF, killed, null, "last words"),
                                        News.finished(REF, Outcome.SUCCESS, "[1]", null)))));
    }

    @ParameterizedTest
    @MethodSource("records")
    <T extends Record> void what_was_packed_is_read_back(Packing<T> packing, T record) {
        var buffer = Buffer.buffer("head");
        packing.pack(record, buffer);

        assertThat(packing.unpack(buffer, 4, buffer.length())).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("records")
    <T extends Record> void what_was_cut_short_is_refused(Packing<T> packing, T record) {
        var buffer = Buffer.buffer();
        packing.pack(record, buffer);
        for (int end = 0; end < buffer.length(); end++) {
            int cut = end;
            assertThatThrownBy(() -> packing.unpack(buffer, 0, cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
