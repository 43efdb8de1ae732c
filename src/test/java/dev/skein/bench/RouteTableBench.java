package dev.skein.bench;

import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.RouteSpec;
import dev.skein.pipeline.Routing.Destination;
import dev.skein.pipeline.Routing.GroupTable;
import dev.skein.pipeline.route.RouteTable;
import java.util.ArrayList;
import java.util.List;
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

/** What choosing a pipeline costs with few and with very many prefix rules; the promise is at most threefold. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RouteTableBench {
    private static final int TYPES = 1024;

    @Param({"10", "10000"})
    int rules;

    private final String[] types = new String[TYPES];
    private RouteTable table;
    private int next;

    @Setup
    public void compile() {
        var routes = new ArrayList<RouteSpec>();
        for (int i = 0; i < rules; i++) {
            routes.add(
                    new RouteSpec(GroupSpec.EXTERNAL, "p" + i % 8, List.of("market." + i * 7919 % rules + ".*"), null));
        }
        var pipelines = new ArrayList<Destination>();
        for (int i = 0; i < 8; i++) {
            pipelines.add(new Destination("p" + i, null, List.of()));
        }
        table = RouteTable.compile(new GroupTable("g", "g", routes, pipelines));
        for (int i = 0; i < TYPES; i++) {
            types[i] = "market." + i * 104_729L % rules + ".trade";
        }
    }

    @Benchmark
    public RouteTable.Choice choose() {
        return table.external(types[next++ & (TYPES - 1)]);
    }
}
