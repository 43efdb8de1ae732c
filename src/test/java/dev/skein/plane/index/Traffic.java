package dev.skein.plane.index;

import dev.skein.bus.seal.Envelope;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What is sent over the bus of a test: counted by type, and kept back where the test says so. Thread-safe. */
final class Traffic {
    private final List<Record> sent = new ArrayList<>(); // guarded by this, as is the rest
    private final List<DeliveryContext<?>> kept = new ArrayList<>();
    private Predicate<Record> wanted = body -> false;

    Traffic(Vertx vertx) {
        vertx.eventBus().addOutboundInterceptor(this::see);
    }

    private void see(DeliveryContext<Object> context) {
        if (!(context.body() instanceof Envelope envelope) || !isKept(envelope.body(), context)) {
            context.next();
        }
    }

    private synchronized boolean isKept(Record body, DeliveryContext<?> context) {
        sent.add(body);
        boolean isWanted = wanted.test(body);
        if (isWanted) {
            kept.add(context);
            notifyAll();
        }
        return isWanted;
    }

    /** From now on these are kept back. */
    synchronized void keep(Predicate<Record> those) {
        wanted = those;
    }

    /** Waits until one is kept back. */
    synchronized void awaitKept() throws InterruptedException {
        for (int seconds = 0; kept.isEmpty() && seconds < 60; seconds++) {
            wait(1_000);
        }
        if (kept.isEmpty()) {
            throw new AssertionError("nothing was kept back in time");
        }
    }

    /** Nothing is kept back any more, and what was goes on its way. */
    void release() {
        List<DeliveryContext<?>> waiting;
        synchronized (this) {
            wanted = body -> false;
            waiting = List.copyOf(kept);
            kept.clear();
        }
        waiting.forEach(DeliveryContext::next);
    }

    synchronized void forget() {
        sent.clear();
    }

    synchronized <T extends Record> List<T> sent(Class<T> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
