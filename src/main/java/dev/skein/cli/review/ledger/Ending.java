package dev.skein.cli.review.ledger;

import dev.skein.review.ledger.work.LedgerWorker;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Has a worker give back its task when the process is told to end, for which it gets some time. */
final class Ending implements AutoCloseable {
    private static final int SECONDS_MAX = 15;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private Ending(LedgerWorker worker) {
        hook = new Thread(
                () -> {
                    worker.stop("the process was told to end");
                    await();
                },
                "skein-ledger-end");
    }

    static Ending of(LedgerWorker worker) {
        var ending = new Ending(worker);
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
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
