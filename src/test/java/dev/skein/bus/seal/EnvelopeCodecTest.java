package dev.skein.bus.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.bus.NodeAddress;
import dev.skein.config.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EnvelopeCodecTest {
    record Order(String text) {}

    private static final String ONE = "one-secret-of-a-cluster";
    private static final String TWO = "two-secret-of-a-cluster";
    private static final String ADDRESS = "hosting.deploy.v1/worker-0@1";

    @Test
    void a_sealed_message_arrives_with_its_sender_and_number() {
        var read = codec(ONE).decodeFromWire(0, sealed(ONE));

        assertThat(read.body()).isEqualTo(new Order("start"));
        assertThat(read.address()).isEqualTo(ADDRESS);
        assertThat(read.origin()).isEqualTo(new Envelope.Origin(new NodeAddress("a", "1"), 1, null));
    }

    @Test
    void not_one_bit_of_a_sealed_message_can_be_changed() {
        var sealed = sealed(ONE);
        for (int bit = Integer.SIZE; bit < sealed.length() * Byte.SIZE; bit++) {
            var changed = sealed.copy();
            int at = bit / Byte.SIZE;
            changed.setByte(at, (byte) (changed.getByte(at) ^ 1 << bit % Byte.SIZE));

            var read = codec(ONE).decodeFromWire(0, changed);

            assertThat(read.origin().fault()).as("bit " + bit).isNotNull();
            assertThat(read.body()).isNull();
        }
    }

    @Test
    void a_message_of_a_cluster_with_another_secret_or_none_is_not_believed() {
        assertThat(codec(TWO).decodeFromWire(0, sealed(ONE)).origin().fault()).contains("wrong join key");
        assertThat(codec(ONE).decodeFromWire(0, sealed("")).origin().fault()).contains("not sealed");
        assertThat(codec("").decodeFromWire(0, sealed(ONE)).origin().fault()).contains("this node has none");
    }

    @Test
    void while_a_secret_is_replaced_nodes_with_old_new_and_both_understand_each_other() {
        var both = ONE + "," + TWO;
        var turned = TWO + "\n" + ONE;

        assertThat(codec(both).decodeFromWire(0, sealed(ONE)).origin().fault()).isNull();
        assertThat(codec(ONE).decodeFromWire(0, sealed(both)).origin().fault()).isNull();
        assertThat(codec(both).decodeFromWire(0, sealed(turned)).origin().fault())
                .isNull();
        assertThat(codec(TWO).decodeFromWire(0, sealed(turned)).origin().fault())
                .isNull();
    }

    @Test
    void a_secret_that_can_be_guessed_is_refused() {
        assertThatThrownBy(() -> JoinKeys.of("cluster.join-key", new Secret(ONE + ",short")))
                .hasMessageContaining("cluster.join-key must have at least 16 characters");
    }

    @Test
    void a_length_beyond_what_has_come_makes_nothing() {
        var sealed = sealed(ONE);
        for (int length : new int[] {Integer.MAX_VALUE, 1 << 30, sealed.length(), sealed.length() - 3, -1, 0}) {
            var read = codec(ONE).decodeFromWire(0, sealed.copy().setInt(0, length));

            assertThat(read.origin().fault()).as("%s", length).isNotNull();
            assertThat(read.body()).isNull();
        }
    }

    @Test
    void noise_is_refused_without_a_failure() {
        assertThat(codec(ONE)
                        .decodeFromWire(0, Buffer.buffer(new byte[] {0, 0, 0, 9, 2, 1}))
                        .origin()
                        .fault())
                .contains("not a message");
    }

    private static Buffer sealed(String secrets) {
        var buffer = Buffer.buffer();
        codec(secrets).encodeToWire(buffer, Envelope.to(ADDRESS, new Order("start")));
        return buffer;
    }

    private static EnvelopeCodec codec(String secrets) {
        var keys = JoinKeys.of("cluster.join-key", secrets.isEmpty() ? null : new Secret(secrets));
        var codec = new Plain();
        return new EnvelopeCodec(
                new NodeAddress("a", "1"),
                keys,
                Map.of(codec.name(), codec),
                Map.of(Order.class, codec),
                new AtomicLong());
    }

    private static final class Plain implements MessageCodec<Order, Order> {
        @Override
        public void encodeToWire(Buffer buffer, Order order) {
            buffer.appendInt(order.text.length()).appendString(order.text);
        }

        @Override
        public Order decodeFromWire(int position, Buffer buffer) {
            int start = position + Integer.BYTES;
            return new Order(buffer.getString(start, start + buffer.getInt(position)));
        }

        @Override
        public Order transform(Order order) {
            return order;
        }

        @Override
        public String name() {
            return "Order";
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}
