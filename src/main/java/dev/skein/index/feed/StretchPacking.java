package dev.skein.index.feed;

import dev.skein.bus.Packing;
import dev.skein.bus.wire.WireReader;
import dev.skein.bus.wire.WireWriter;
import dev.skein.index.feed.Spares.Stretches;
import io.vertx.core.buffer.Buffer;

/** Stretches as bytes, in the manner of frames. */
final class StretchPacking implements Packing<Stretches> {
    private static final int VERSION = 1;

    @Override
    public Class<Stretches> type() {
        return Stretches.class;
    }

    @Override
    public void pack(Stretches stretches, Buffer buffer) {
        var to = new WireWriter(buffer).number(VERSION);
        to.number(stretches.parts().size());
        stretches.parts().forEach(part -> FramePacking.head(to, part));
        stretches.parts().forEach(part -> buffer.appendBytes(part.content()));
    }

    @Override
    public Stretches unpack(Buffer buffer, int start, int end) {
        var from = new WireReader(buffer, start, end);
        from.version(VERSION);
        var heads = from.list(() -> FramePacking.head(from));
        return new Stretches(FramePacking.parts(heads, buffer, from, end));
    }
}
