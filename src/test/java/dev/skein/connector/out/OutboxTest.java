package dev.skein.connector.out;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.connector.ConnectorConfig.Buffer;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox(new Buffer(3, 64 << 10));

    @Test
    void what_was_sent_and_not_taken_comes_first_again_in_its_order() {
        var a = offered("a");
        var b = offered("b");
        var c = offered("c");
        outbox.take();
        outbox.take();
        outbox.done(a);

        outbox.rewind();

        assertThat(outbox.take()).isSameAs(b);
        assertThat(outbox.take()).isSameAs(c);
        assertThat(outbox.take()).isNull();
    }

    @Test
    void messages_under_way_take_room_too() {
        offered("a");
        offered("b");
        offered("c");
        var sent = outbox.take();

        assertThat(outbox.offer(new Message("d", "d"))).isFalse();
        assertThat(outbox.done(sent)).isTrue();
        assertThat(outbox.offer(new Message("d", "d"))).isTrue();
    }

    @Test
    void bytes_are_bounded_and_one_large_message_still_fits() {
        var large = "x".repeat(70_000);

        assertThat(outbox.offer(new Message("a", large))).isTrue();
        assertThat(outbox.offer(new Message("b", "y"))).isFalse();
        assertThat(outbox.drain()).hasSize(1);
        assertThat(outbox.offer(new Message("b", "y"))).isTrue();
    }

    @Test
    void a_late_answer_removes_a_message_that_waits_again() {
        var a = offered("a");
        outbox.take();
        outbox.rewind();

        assertThat(outbox.done(a)).isTrue();
        assertThat(outbox.done(a)).isFalse();
        assertThat(outbox.size()).isZero();
    }

    private Message offered(String text) {
        var message = new Message(text, text);
        assertThat(outbox.offer(message)).isTrue();
        return message;
    }
}
