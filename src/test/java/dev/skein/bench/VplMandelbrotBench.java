package dev.skein.bench;

import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.Outcome;
import dev.skein.pipeline.event.Shape;
import dev.skein.pipeline.vpl.Vpl;
import dev.skein.pipeline.vpl.compile.ProgramCompiler;
import dev.skein.pipeline.vpl.run.PipelineHost;
import dev.skein.pipeline.vpl.run.PipelineInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One tile of the Mandelbrot demo, 62,500 events: the compiled program, run on the calling thread through a whole
 * pipeline instance, beside the same loop written by hand. The tile in the middle is nearly all loop, the one at the
 * edge nearly all events.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class VplMandelbrotBench {
    private static final String PROGRAM = """
            fn escape(cx: float, cy: float, limit: int) -> int:
                var zr = 0.0
                var zi = 0.0
                var i = 0
                while i < limit:
                    let r2 = zr * zr
                    let i2 = zi * zi
                    if r2 + i2 > 4.0:
                        return i
                    zi := 2.0 * zr * zi + cy
                    zr := r2 - i2 + cx
                    i := i + 1
                return limit

            fn tile(x0: int, y0: int, size: int, limit: int):
                for px in 0..size:
                    for py in 0..size:
                        let n = escape(-2.0 + (x0 + px) * 3.0 / 1000.0, -1.5 + (y0 + py) * 3.0 / 1000.0, limit)
                        emit Pixel(x: x0 + px, y: y0 + py, iterations: n, diverged: n < limit)

            stream Tile = ComputeTile .process(tile(X0, Y0, 250, 256))
            """;
    private static final Shape PIXEL = Shape.of("x", "y", "iterations", "diverged");
    private static final int SIZE = 250;
    private static final int LIMIT = 256;

    @Param({"250:500", "0:0"})
    private String corner = "0:0";

    private long x0;
    private long y0;
    private PipelineInstance pipeline;

    @Setup
    public void compile() {
        x0 = Long.parseLong(corner.split(":")[1]);
        y0 = Long.parseLong(corner.split(":")[0]);
        var source = PROGRAM.replace("X0", Long.toString(x0)).replace("Y0", Long.toString(y0));
        var program = Objects.requireNonNull(Vpl.check(source, Set.of()).program());
        var host = PipelineHost.of(Runnable::run, SteadyClock.system(), target -> event -> {});
        pipeline = ProgramCompiler.compile(program).start(host);
    }

    @Benchmark
    public List<Event> compiled() {
        var answer = new Outcome[1];
        pipeline.submit(Event.empty("ComputeTile", 0), outcome -> answer[0] = outcome);
        return answer[0].outputs();
    }

    @Benchmark
    public List<Event> byHand() {
        var events = new ArrayList<Event>();
        for (long px = 0; px < SIZE; px++) {
            for (long py = 0; py < SIZE; py++) {
                long n = escape(-2.0 + (x0 + px) * 3.0 / 1000.0, -1.5 + (y0 + py) * 3.0 / 1000.0, LIMIT);
                events.add(new Event("Tile", PIXEL, 0, new Object[] {x0 + px, y0 + py, n, n < LIMIT}));
            }
        }
        return events;
    }

    private static long escape(double cx, double cy, long limit) {
        double zr = 0.0;
        double zi = 0.0;
        long i = 0;
        while (i < limit) {
            double r2 = zr * zr;
            double i2 = zi * zi;
            if (r2 + i2 > 4.0) {
                return i;
            }
            zi = 2.0 * zr * zi + cy;
            zr = r2 - i2 + cx;
            i = i + 1;
        }
        return limit;
    }
}
