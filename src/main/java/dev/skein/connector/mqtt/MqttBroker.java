package dev.skein.connector.mqtt;

import dev.skein.connector.Around;
import dev.skein.connector.in.Incoming;
import dev.skein.connector.net.Outgoing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A broker and at most one connection to it. Confined to the context that links share. */
final class MqttBroker {
    private final MqttSettings settings;
    private final Outgoing outgoing;
    private final Around around;
    private Runnable onLost = () -> {};
    private @Nullable MqttLink link;
    private int life; // of connections; what a closed one still tells is not heard
    private boolean isConnected;

    MqttBroker(MqttSettings settings, Outgoing outgoing, Around around) {
        this.settings = settings;
        this.outgoing = outgoing;
        this.around = around;
    }

    void onLost(Runnable handler) {
        onLost = handler;
    }

    boolean isConnected() {
        return isConnected;
    }

    /** To publish. */
    Future<Void> connect() {
        return connect(false, link -> {}, link -> CompletableFuture.completedFuture(true));
    }

    /** @param isKept whether the broker shall keep the subscription for a while */
    Future<Void> subscribe(boolean isKept, Consumer<Incoming> receiver) {
        return connect(isKept, link -> link.receive(receiver), MqttLink::subscribe);
    }

    private Future<Void> connect(
            boolean isKept, Consumer<MqttLink> before, Function<MqttLink, CompletionStage<?>> then) {
        close();
        int mine = life;
        return outgoing.address(settings.host(), settings.port()).compose(address -> {
            if (mine != life) {
                return Future.failedFuture("closed meanwhile");
            }
            long millis = around.config().timeout().toMillis();
            Runnable gone = () -> around.context().runOnContext(run -> lost(mine));
            var made = settings.isFive()
                    ? new Mqtt5Link(settings, address, millis, gone)
                    : new Mqtt3Link(settings, address, millis, gone);
            link = made;
            before.accept(made);
            return future(made.connect(isKept).thenCompose(done -> then.apply(made)))
                    .onSuccess(done -> isConnected = mine == life);
        });
    }

    private void lost(int which) {
        if (which == life) {
            isConnected = false;
            onLost.run();
        }
    }

    Future<Void> publish(byte[] payload) {
        var through = link;
        return through == null || !isConnected
                ? Future.failedFuture("not connected")
                : future(through.publish(payload));
    }

    /** Its answer, on the context. */
    private Future<Void> future(CompletionStage<?> stage) {
        Promise<Void> done = Promise.promise();
        stage.whenComplete((value, failed) -> around.context().runOnContext(run -> {
            if (failed == null) {
                done.tryComplete();
            } else {
                done.tryFail(failed);
            }
        }));
        return done.future();
    }

    void close() {
        life++;
        isConnected = false;
        var old = link;
        link = null;
        if (old != null) {
            old.disconnect();
        }
    }
}
