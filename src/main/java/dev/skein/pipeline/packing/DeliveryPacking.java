package dev.skein.pipeline.packing;

import dev.skein.bus.Packing;
import dev.skein.bus.wire.WireReader;
import dev.skein.bus.wire.WireWriter;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.event.EventPacking;
import io.vertx.core.buffer.Buffer;

/** A delivery as bytes: its head, then the batch. */
public final class DeliveryPacking implements Packing<Delivery> {
    private static final int VERSION = 1;

    @Override
    public Class<Delivery> type() {
        return Delivery.class;
    }

    @Override
    public void pack(Delivery delivery, Buffer to) {
        new WireWriter(to)
                .number(VERSION)
                .text(delivery.pipelineId())
                .number(delivery.epoch())
                .number(delivery.hops())
                .number(delivery.countOnly() ? 1 : 0);
        EventPacking.pack(delivery.events(), to);
    }

    @Override
    public Delivery unpack(Buffer from, int start, int end) {
        var reader = new WireReader(from, start, end);
        reader.version(VERSION);
        return new Delivery(
                reader.text(),
                reader.number(),
                (int) reader.number(),
                reader.number() != 0,
                EventPacking.unpack(from, reader.position(), end));
    }
}
