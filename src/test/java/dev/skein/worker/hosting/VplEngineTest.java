package dev.skein.worker.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.vpl.run.PipelineHost;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VplEngineTest {
    private final ExecutorService lanes = Lanes.upTo(2);
    private final VplEngine engine = new VplEngine(PipelineHost.of(lanes, SteadyClock.system(), target -> event -> {}));

    @AfterEach
    void end() {
        lanes.shutdown();
    }

    @Test
    void a_program_that_no_method_can_hold_is_refused_for_good() {
        var body = IntStream.range(0, 1_600)
                .mapToObj(i -> "    emit P(a: " + i + ")\n")
                .collect(Collectors.joining());
        var started = engine.start("fn f():\n" + body + "stream A = X .process(f())\n");

        assertThat(started.instance()).isNull();
        assertThat(started.diagnostics())
                .singleElement()
                .matches(why -> why.isError() && why.message().contains("too large"));
    }
}
