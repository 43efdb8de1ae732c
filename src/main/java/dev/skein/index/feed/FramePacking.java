package dev.skein.index.feed;

import dev.skein.bus.Packing;
import dev.skein.bus.wire.WireReader;
import dev.skein.bus.wire.WireWriter;
import dev.skein.index.feed.Feeds.Frame;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.feed.Feeds.Part;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.source.ContentHash;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Frames as bytes: what the parts are, then their contents one after the other. */
final class FramePacking implements Packing<Frame> {
    private static final int VERSION = 2;

    /** What a part is, without its content. */
    record Head(Item item, long offset, int length) {}

    @Override
    public Class<Frame> type() {
        return Frame.class;
    }

    @Override
    public void pack(Frame frame, Buffer buffer) {
        var to = new WireWriter(buffer).number(VERSION);
        shard(to, frame.shard());
        to.text(frame.router()).number(frame.revision()).number(frame.parts().size());
        frame.parts().forEach(part -> head(to, part));
        frame.parts().forEach(part -> buffer.appendBytes(part.content()));
    }

    static void shard(WireWriter to, Ref shard) {
        to.text(shard.workspace()).text(shard.root()).number(shard.epoch());
    }

    static void head(WireWriter to, Part part) {
        var item = part.item();
        to.text(item.path()).number(item.bytes()).number(item.modifiedMillis());
        to.number(item.content().high()).number(item.content().low());
        to.number(part.offset()).number(part.content().length);
    }

    @Override
    public Frame unpack(Buffer buffer, int start, int end) {
        var from = new WireReader(buffer, start, end);
        from.version(VERSION);
        var shard = shard(from);
        var router = from.text();
        long revision = from.number();
        var heads = from.list(() -> head(from));
        return new Frame(shard, router, revision, parts(heads, buffer, from, end));
    }

    static Ref shard(WireReader from) {
        return new Ref(from.text(), from.text(), from.number());
    }

    static Head head(WireReader from) {
        var path = from.text();
        long bytes = from.number();
        long modified = from.number();
        var content = new ContentHash(from.number(), from.number());
        return new Head(new Item(path, bytes, modified, content), from.number(), (int) from.number());
    }

    static List<Part> parts(List<Head> heads, Buffer buffer, WireReader from, int end) {
        var parts = new ArrayList<Part>();
        int at = from.position();
        for (var head : heads) {
            if (head.length < 0 || head.offset < 0 || head.length > end - at) {
                throw from.damaged();
            }
            parts.add(new Part(head.item, head.offset, buffer.getBytes(at, at + head.length)));
            at += head.length;
        }
        if (at != end) {
            throw from.damaged();
        }
        return parts;
    }
}
