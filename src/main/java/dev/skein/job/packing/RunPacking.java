package dev.skein.job.packing;

import dev.skein.bus.Packing;
import dev.skein.bus.wire.WireReader;
import dev.skein.bus.wire.WireWriter;
import dev.skein.job.JobRuns.Assignment;
import dev.skein.job.JobRuns.Run;
import io.vertx.core.buffer.Buffer;

/** Assignments as bytes. */
public final class RunPacking implements Packing<Run> {
    private static final int VERSION = 1;

    @Override
    public Class<Run> type() {
        return Run.class;
    }

    @Override
    public void pack(Run run, Buffer buffer) {
        var to = new WireWriter(buffer)
                .number(VERSION)
                .number(run.epoch())
                .number(run.leaseMillis())
                .number(run.assignments().size());
        for (var each : run.assignments()) {
            Parts.write(each.ref(), to);
            to.text(each.type())
                    .text(each.payload())
                    .number(each.memoryBytes())
                    .number(each.runMillis())
                    .number(each.heartbeatMillis());
            Parts.write(each.before(), to);
        }
    }

    @Override
    public Run unpack(Buffer buffer, int start, int end) {
        var from = new WireReader(buffer, start, end);
        from.version(VERSION);
        return new Run(from.number(), from.number(), from.list(() -> assignment(from)));
    }

    private static Assignment assignment(WireReader from) {
        return new Assignment(
                Parts.ref(from),
                from.text(),
                from.text(),
                from.number(),
                from.number(),
                from.number(),
                Parts.progress(from));
    }
}
