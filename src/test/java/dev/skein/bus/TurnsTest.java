package dev.skein.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final NodeAddress GREEDY = new NodeAddress("greedy", "1");
    private static final NodeAddress OTHER = new NodeAddress("other", "1");

    private final Vertx vertx = Vertx.vertx();
    private final Turns turns = new Turns(new Bus(vertx, NodeAddress.of("node")), 3);
    private final List<Promise<String>> begun = new ArrayList<>();

    @AfterEach
    void close() {
        vertx.close();
    }

    private Future<String> ask(NodeAddress asker) {
        return turns.take(asker, () -> {
            begun.add(Promise.promise());
            return begun.get(begun.size() - 1).future();
        });
    }

    @Test
    void a_node_that_asks_without_end_is_refused_and_all_others_are_not() {
        for (int i = 0; i < 3; i++) {
            ask(GREEDY);
        }

        var refused = ask(GREEDY);

        assertThat(refused.cause())
                .isInstanceOfSatisfying(
                        Problem.class, limit -> assertThat(limit.kind()).isEqualTo(Kind.LIMITED));
        ask(OTHER);
        ask(null); // this node itself
        assertThat(begun).hasSize(5);
    }

    @Test
    void whatever_ends_makes_room() {
        for (int i = 0; i < 3; i++) {
            ask(GREEDY);
        }
        begun.get(0).complete("done");
        begun.get(1).fail("it went wrong");
        turns.take(GREEDY, () -> {
            throw new IllegalStateException("before there was anything to wait for");
        });

        ask(GREEDY);
        ask(GREEDY);

        assertThat(begun).hasSize(5);
        assertThat(ask(GREEDY).failed()).isTrue();
    }
}
