package dev.skein.pipeline.packing;

import dev.skein.bus.Packing;
import dev.skein.bus.wire.WireReader;
import dev.skein.bus.wire.WireWriter;
import dev.skein.pipeline.Events.Recent;
import dev.skein.pipeline.Events.RecentOutputs;
import dev.skein.pipeline.event.EventPacking;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;

/** Recent outputs as bytes: where each came from, then the events as one batch. */
public final class RecentPacking implements Packing<RecentOutputs> {
    private static final int VERSION = 1;

    @Override
    public Class<RecentOutputs> type() {
        return RecentOutputs.class;
    }

    @Override
    public void pack(RecentOutputs recent, Buffer to) {
        var writer = new WireWriter(to).number(VERSION).number(recent.next());
        writer.number(recent.outputs().size());
        recent.outputs()
                .forEach(output ->
                        writer.number(output.seq()).text(output.pipelineName()).text(output.workerId()));
        EventPacking.pack(recent.outputs().stream().map(Recent::event).toList(), to);
    }

    @Override
    public RecentOutputs unpack(Buffer from, int start, int end) {
        var reader = new WireReader(from, start, end);
        reader.version(VERSION);
        long next = reader.number();
        record Origin(long seq, String pipeline, String worker) {}
        var origins = reader.list(() -> new Origin(reader.number(), reader.text(), reader.text()));
        var events = EventPacking.unpack(from, reader.position(), end);
        if (events.size() != origins.size()) {
            throw reader.damaged();
        }
        var outputs = new ArrayList<Recent>(events.size());
        for (int i = 0; i < events.size(); i++) {
            var origin = origins.get(i);
            outputs.add(new Recent(origin.seq, origin.pipeline, origin.worker, events.get(i)));
        }
        return new RecentOutputs(outputs, next);
    }
}
