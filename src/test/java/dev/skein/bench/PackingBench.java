package dev.skein.bench;

import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventPacking;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Events per second that one core packs or unpacks in batches of 512. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PackingBench {
    private static final int BATCH = 512;

    /** Length of a text in each event; packed, an event is about 29 bytes longer. */
    @Param({"0", "99"})
    int note;

    private List<Event> batch = List.of();
    private byte[] packed = {};

    @Setup
    public void pack512() {
        batch = batch("n".repeat(note));
        packed = EventPacking.pack(batch);
    }

    private static List<Event> batch(String note) {
        var events = new ArrayList<Event>();
        for (long i = 0; i < BATCH; i++) {
            events.add(Event.builder("Trade")
                    .timeNanos(1_700_000_000_000_000_000L + i * 1_000)
                    .with("sym", "SYM" + i % 10)
                    .with("price", i * 0.25)
                    .with("volume", i * 10)
                    .with("note", note)
                    .build());
        }
        return events;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public byte[] pack() {
        return EventPacking.pack(batch);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<Event> unpack() {
        return EventPacking.unpack(packed);
    }
}
