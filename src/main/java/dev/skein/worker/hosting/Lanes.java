package dev.skein.worker.hosting;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/**
 * Threads for pipelines: started when there is work and none is idle, up to a bound, and ended when idle. With a
 * thread for each busy lane the system shares the processors among them, so a pipeline that computes for long starves
 * nobody.
 */
public final class Lanes {
    private static final long IDLE_SECONDS = 10;

    private Lanes() {}

    public static ExecutorService upTo(int threadsMax) {
        return new ForkJoinPool(
                threadsMax, Lanes::thread, null, true, 0, threadsMax, 1, full -> true, IDLE_SECONDS, TimeUnit.SECONDS);
    }

    private static ForkJoinWorkerThread thread(ForkJoinPool pool) {
        var thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("skein-lane-" + thread.getPoolIndex());
        return thread;
    }
}
