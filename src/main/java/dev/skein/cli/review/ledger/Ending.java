package dev.skein.cli.review.ledger;

import dev.skein.review.ledger.work.LedgerWorker;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Has a worker give back its task when the process is told to end, for which it gets some time. */
final class Ending implements AutoCloseable {
    private static final int SECONDS_MAX = 15;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable LedgerWorker> worker = new AtomicReference<>();
    private final Thread hook = new Thread(this::end, "skein-ledger-end");

    private Ending() {}

    static Ending begin() {
        var ending = new Ending();
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
    }

    /** From now on this one is told. */
    void tell(LedgerWorker working) {
        worker.set(working);
    }

    private void end() {
        var working = worker.get();
        if (working != null) {
            working.stop("the process was told to end");
            await();
        }
    }

    private void await() {
        try {
            if (!ended.await(SECONDS_MAX, TimeUnit.SECONDS)) {
                hook.setName("skein-ledger-end-late"); // the claim ends by itself
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            hook.setName("skein-ledger-ended"); // it runs already
        }
    }
}
