package dev.skein.index.feed;

import dev.skein.bus.Packing;
import dev.skein.bus.wire.WireReader;
import dev.skein.bus.wire.WireWriter;
import dev.skein.index.feed.Feeds.Edit;
import dev.skein.index.feed.Feeds.Part;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Edits as bytes, in the manner of frames: which file, whether it has a part, and that. */
final class EditPacking implements Packing<Edit> {
    private static final int VERSION = 1;

    @Override
    public Class<Edit> type() {
        return Edit.class;
    }

    @Override
    public void pack(Edit edit, Buffer buffer) {
        var to = new WireWriter(buffer).number(VERSION);
        FramePacking.shard(to, edit.shard());
        to.text(edit.router()).number(edit.revision()).text(edit.path());
        var part = edit.part();
        to.number(part == null ? 0 : 1);
        if (part != null) {
            FramePacking.head(to, part);
            buffer.appendBytes(part.content());
        }
    }

    @Override
    public Edit unpack(Buffer buffer, int start, int end) {
        var from = new WireReader(buffer, start, end);
        from.version(VERSION);
        var shard = FramePacking.shard(from);
        var router = from.text();
        long revision = from.number();
        return new Edit(shard, router, revision, from.text(), part(from, buffer, end));
    }

    private static @Nullable Part part(WireReader from, Buffer buffer, int end) {
        var heads = from.list(() -> FramePacking.head(from)); // none or one
        var parts = FramePacking.parts(heads, buffer, from, end);
        if (parts.size() > 1) {
            throw from.damaged();
        }
        return parts.isEmpty() ? null : parts.get(0);
    }
}
