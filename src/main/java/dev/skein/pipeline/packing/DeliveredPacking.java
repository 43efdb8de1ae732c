package dev.skein.pipeline.packing;

import dev.skein.bus.Packing;
import dev.skein.bus.wire.WireReader;
import dev.skein.bus.wire.WireWriter;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Forwarded;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventError;
import dev.skein.pipeline.event.EventPacking;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Results as bytes: a head for each, then all outputs as one batch, so that they share types and field names. A result
 * of nothing but outputs, as nearly all are, has a head of one number: twice how many they are. Otherwise that is odd
 * and the rest follows.
 */
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
            write(result, writer);
            outputs.addAll(result.outputs());
        }
        EventPacking.pack(outputs, to);
    }

    private static void write(Result result, WireWriter writer) {
        long outputs = result.outputs().size();
        boolean plain = result.outputCount() == outputs
                && result.errors().isEmpty()
                && result.forwarded().isEmpty();
        writer.number(outputs << 1 | (plain ? 0 : 1));
        if (!plain) {
            writer.number(result.outputCount()).number(result.errors().size());
            result.errors().forEach(error -> write(error, writer));
            writer.number(result.forwarded().size());
            result.forwarded().forEach(taken -> write(taken, writer));
        }
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
        var outputs = EventPacking.unpack(from, reader.position(), end);
        var results = new ArrayList<Result>(heads.size());
        int at = 0;
        for (var head : heads) {
            if (head.outputs < 0 || head.outputs > outputs.size() - at) {
                throw reader.damaged();
            }
            results.add(head.with(part(outputs, at, head.outputs)));
            at += head.outputs;
        }
        return new Delivered(results, rest);
    }

    private static List<Event> part(List<Event> outputs, int from, int count) {
        return switch (count) {
            case 0 -> List.of();
            case 1 -> List.of(outputs.get(from));
            default -> outputs.subList(from, from + count);
        };
    }

    private record Head(int outputs, long outputCount, List<EventError> errors, List<Forwarded> forwarded) {
        static final Head NOTHING = new Head(0, 0, List.of(), List.of());

        static Head read(WireReader reader) {
            long first = reader.number();
            int outputs = (int) (first >>> 1);
            if ((first & 1) == 0) {
                return outputs == 0 ? NOTHING : new Head(outputs, outputs, List.of(), List.of());
            }
            return new Head(
                    outputs,
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
