package dev.skein.pipeline.packing;

import dev.skein.bus.Packing;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Forwarded;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventError;
import dev.skein.pipeline.event.EventPacking;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Results as bytes: a head for each, then all outputs as one batch, so that they share types and field names. */
public final class DeliveredPacking implements Packing<Delivered> {
    private static final int VERSION = 1;

    @Override
    public Class<Delivered> type() {
        return Delivered.class;
    }

    @Override
    public void pack(Delivered delivered, Buffer to) {
        var writer = new WireWriter(to);
        writer.number(VERSION)
                .optional(delivered.rest())
                .number(delivered.results().size());
        var outputs = new ArrayList<Event>();
        for (var result : delivered.results()) {
            writer.number(result.outputs().size()).number(result.outputCount());
            writer.number(result.errors().size());
            result.errors().forEach(error -> write(error, writer));
            writer.number(result.forwarded().size());
            result.forwarded().forEach(taken -> write(taken, writer));
            outputs.addAll(result.outputs());
        }
        EventPacking.pack(outputs, to);
    }

    private static void write(EventError error, WireWriter writer) {
        writer.text(error.code()).text(error.message()).optional(error.stream()).number(error.line());
    }

    private static void write(Forwarded taken, WireWriter writer) {
        writer.text(taken.toPipeline()).text(taken.eventType()).number(taken.count());
    }

    @Override
    public Delivered unpack(Buffer from, int start, int end) {
        var reader = new WireReader(from, start, end);
        reader.version(VERSION);
        var rest = reader.optional();
        var heads = reader.list(() -> Head.read(reader));
        var outputs = reader.events();
        var results = new ArrayList<Result>(heads.size());
        int at = 0;
        for (var head : heads) {
            if (head.outputs > outputs.size() - at) {
                throw reader.damaged();
            }
            results.add(head.with(outputs.subList(at, at + head.outputs)));
            at += head.outputs;
        }
        return new Delivered(results, rest);
    }

    private record Head(int outputs, long outputCount, List<EventError> errors, List<Forwarded> forwarded) {
        static Head read(WireReader reader) {
            return new Head(
                    (int) reader.number(),
                    reader.number(),
                    reader.list(() ->
                            new EventError(reader.text(), reader.text(), reader.optional(), (int) reader.number())),
                    reader.list(() -> new Forwarded(reader.text(), reader.text(), reader.number())));
        }

        Result with(List<Event> own) {
            return new Result(own, outputCount, errors, forwarded);
        }
    }
}
