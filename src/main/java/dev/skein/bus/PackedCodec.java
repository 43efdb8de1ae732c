package dev.skein.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Sends one record type in its own binary form between nodes and by reference within one. */
final class PackedCodec<T extends Record> implements MessageCodec<T, T> {
    private final Packing<T> packing;

    PackedCodec(Packing<T> packing) {
        this.packing = packing;
    }

    @Override
    public void encodeToWire(Buffer buffer, T body) {
        int at = buffer.length();
        buffer.appendInt(0);
        packing.pack(body, buffer);
        buffer.setInt(at, buffer.length() - at - Integer.BYTES);
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        return packing.unpack(buffer, position + Integer.BYTES, RecordCodec.end(buffer, position));
    }

    @Override
    public T transform(T body) {
        return body; // records of immutable parts need no copy
    }

    @Override
    public String name() {
        return RecordCodec.nameOf(packing.type());
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
