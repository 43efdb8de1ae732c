package dev.skein.router.index.feed;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.index.feed.Feeds;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.feed.Feeds.Taken;
import dev.skein.index.source.ContentHash;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However large a shard is, no more of it is on the way than its owner has given credit for. */
class CourierTest {
    private static final int CREDIT = 3 * Feeds.FRAME_BYTES;
    private static final Ref SHARD = new Ref("w", "src", 1);

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, NodeAddress.of("node"));
    private int underWay; // used by the event loop, as is the next
    private int most;

    @BeforeEach
    void register() {
        bus.register(List.of(Feeds.FRAME));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, SECONDS);
    }

    private static Item item(int index, byte[] content) {
        return new Item("src/A" + index + ".java", content.length, 1, ContentHash.of(content));
    }

    private void send(Courier courier) {
        var content = new byte[1 << 20];
        for (int i = 0; i < 16; i++) {
            courier.send(item(i, content), content, 1);
        }
        courier.finish();
    }

    @Test
    void never_more_is_on_the_way_than_the_credit_and_several_frames_are_at_once() throws Exception {
        bus.serveHere(Feeds.FRAME, this::slowly).completion().await(20, SECONDS);

        send(new Courier(bus, bus.here(), SHARD, CREDIT));

        assertThat(most).isGreaterThan(Feeds.FRAME_BYTES).isLessThanOrEqualTo(CREDIT);
        assertThat(underWay).isZero();
    }

    private Future<Taken> slowly(Feeds.Frame frame) {
        int bytes =
                frame.parts().stream().mapToInt(part -> part.content().length).sum();
        underWay += bytes;
        most = Math.max(most, underWay);
        var taken = Promise.<Taken>promise();
        vertx.setTimer(5, late -> {
            underWay -= bytes;
            taken.complete(new Taken(1));
        });
        return taken.future();
    }

    @Test
    void a_refusal_ends_the_transfer_and_the_rest_is_not_sent() throws Exception {
        bus.serveHere(Feeds.FRAME, frame -> {
                    most++;
                    return Future.failedFuture(Problem.conflict("stale_epoch", "it is another's"));
                })
                .completion()
                .await(20, SECONDS);

        assertThatThrownBy(() -> send(new Courier(bus, bus.here(), SHARD, CREDIT)))
                .hasMessageContaining("it is another's");

        assertThat(most).isLessThan(16);
    }
}
