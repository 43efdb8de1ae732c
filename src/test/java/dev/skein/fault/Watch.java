package dev.skein.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.fault.nodes.Api;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Asks for the list of workers all the time and remembers the slowest answer. */
final class Watch implements AutoCloseable {
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final Thread thread;

    Watch(Api api) {
        thread = new Thread(() -> {
            while (!stop.get()) {
                long began = System.nanoTime();
                assertThat(api.get(Api.CLUSTER + "/workers").status()).isEqualTo(200);
                slowestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
            }
        });
        thread.start();
    }

    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    @Override
    public void close() throws InterruptedException {
        stop.set(true);
        thread.join(5_000);
    }
}
