package dev.skein.bus.seal;

import dev.skein.bus.NodeAddress;
import dev.skein.bus.seal.Envelope.Origin;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Puts a message and its seal on the wire: length, form, sender, counter, address and type, the body as its own codec
 * writes it, and where there is a join key the proof over all of that. Within a node it goes by reference, unsealed.
 */
public final class EnvelopeCodec implements MessageCodec<Envelope, Envelope> {
    private static final byte OPEN = 1;
    private static final byte SEALED = 2;
    private static final int PROOF_BYTES = 32;
    private static final NodeAddress UNKNOWN = new NodeAddress("unknown", "");

    private final NodeAddress here;
    private final JoinKeys keys;
    private final Map<String, MessageCodec<?, ?>> codecs;
    private final Map<Class<?>, MessageCodec<?, ?>> byType;
    private final AtomicLong counter;

    /**
     * The form of every message of one node.
     *
     * @param codecs of the bodies, by their names; more may be added later
     * @param byType the same by the type that each is for
     * @param counter counts what this node has sealed
     */
    public EnvelopeCodec(
            NodeAddress here,
            JoinKeys keys,
            Map<String, MessageCodec<?, ?>> codecs,
            Map<Class<?>, MessageCodec<?, ?>> byType,
            AtomicLong counter) {
        this.here = here;
        this.keys = keys;
        this.codecs = codecs;
        this.byType = byType;
        this.counter = counter;
    }

    @Override
    public void encodeToWire(Buffer buffer, Envelope envelope) {
        int start = buffer.length();
        buffer.appendInt(0).appendByte(keys.isEmpty() ? OPEN : SEALED);
        text(buffer, here.toString());
        buffer.appendLong(counter.incrementAndGet());
        text(buffer, envelope.address());
        body(buffer, envelope.body());
        if (!keys.isEmpty()) {
            var sealed = buffer.getBytes(start + Integer.BYTES, buffer.length());
            buffer.appendBytes(keys.prove(here.toString(), sealed));
        }
        buffer.setInt(start, buffer.length() - start - Integer.BYTES);
    }

    private void body(Buffer buffer, @Nullable Record body) {
        var codec = body == null ? null : byType.get(body.getClass());
        if (body == null || codec == null) {
            throw new IllegalArgumentException("not registered: " + body);
        }
        text(buffer, codec.name());
        encode(codec, buffer, body);
    }

    @SuppressWarnings("unchecked") // by the map each codec is for the type of this body
    private static <T> void encode(MessageCodec<?, ?> codec, Buffer buffer, T body) {
        ((MessageCodec<T, T>) codec).encodeToWire(buffer, body);
    }

    private static void text(Buffer buffer, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.appendUnsignedShort(bytes.length).appendBytes(bytes);
    }

    /** Never fails: what cannot be believed or read says why. */
    @Override
    public Envelope decodeFromWire(int position, Buffer buffer) {
        try {
            return read(position, buffer);
        } catch (RuntimeException malformed) {
            return new Envelope("", null, new Origin(UNKNOWN, 0, "not a message of this product"));
        }
    }

    private Envelope read(int position, Buffer buffer) {
        int start = position + Integer.BYTES;
        int length = buffer.getInt(position);
        if (length < 0 || length > buffer.length() - start) {
            throw new IllegalArgumentException("not all of it has come"); // before anything is as long as it says
        }
        int end = start + length;
        boolean isSealed = buffer.getByte(start) == SEALED;
        int signed = isSealed ? end - PROOF_BYTES : end;
        var reader = new Reader(buffer, start + 1);
        var sender = reader.text();
        long number = reader.number();
        var address = reader.text();
        var type = reader.text();
        var fault = keys.isEmpty() && !isSealed
                ? null
                : fault(isSealed, sender, buffer.getBytes(start, signed), buffer.getBytes(signed, end));
        var origin = new Origin(NodeAddress.parse(sender), number, fault);
        if (fault != null) {
            return new Envelope(address, null, origin); // what is not believed is not even read
        }
        var codec = codecs.get(type);
        return codec == null
                ? new Envelope(address, null, new Origin(origin.sender(), number, "unknown type " + type))
                : new Envelope(address, (Record) codec.decodeFromWire(reader.at, buffer), origin);
    }

    private @Nullable String fault(boolean isSealed, String sender, byte[] text, byte[] proof) {
        if (keys.isEmpty()) {
            return isSealed ? "sealed with a join key, and this node has none" : null;
        }
        if (!isSealed) {
            return "not sealed with a join key";
        }
        return keys.isProof(sender, text, proof) ? null : "sealed with a wrong join key";
    }

    private static final class Reader {
        private final Buffer buffer;
        private int at;

        Reader(Buffer buffer, int at) {
            this.buffer = buffer;
            this.at = at;
        }

        String text() {
            int length = buffer.getUnsignedShort(at);
            int from = at + Short.BYTES;
            at = from + length;
            return buffer.getString(from, at);
        }

        long number() {
            long number = buffer.getLong(at);
            at += Long.BYTES;
            return number;
        }
    }

    @Override
    public Envelope transform(Envelope envelope) {
        return envelope; // records of immutable parts need no copy
    }

    @Override
    public String name() {
        return "skein";
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
