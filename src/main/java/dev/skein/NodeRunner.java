package dev.skein;

import dev.skein.kernel.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one node for the life of the process: starts it, waits for the stop signal, stops it within its bound. */
final class NodeRunner {
    static final int EXIT_FAILED = 1;
    private static final int EXIT_DONE = 0;
    private static final Logger log = LoggerFactory.getLogger(NodeRunner.class);
    private static final Duration START_MAX = Duration.ofMinutes(12); // a worker waits for its coordinator
    private static final Duration GRACE = Duration.ofSeconds(2); // for what a node does not bound itself

    private final NodeSettings settings;
    private final Node node;

    NodeRunner(NodeSettings settings) {
        this.settings = settings;
        this.node = new Node(settings);
    }

    /**
     * Blocks until the process ends; a stop signal ends it with exit code 0 once the node has stopped.
     *
     * @return the exit code, when the start failed or the node has done all that it was to do
     */
    int run() throws InterruptedException {
        try {
            node.start().await(START_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception cause) {
            log.error("cannot start: {}", reason(cause));
            log.debug("cannot start", cause);
            return EXIT_FAILED;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        if (settings.node().exitWithParent()) {
            watchParent();
        }
        var done = new CountDownLatch(1);
        node.done().onSuccess(all -> done.countDown());
        done.await(); // or the stop signal ends the process
        return EXIT_DONE;
    }

    private static String reason(Throwable cause) {
        var problem = Problem.in(cause);
        return problem == null ? cause.toString() : problem.sentence();
    }

    private void stop() {
        var longest = settings.node().stopDeadline().plus(GRACE);
        try {
            node.stop().await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            log.warn("not stopped within {}, leaving anyway", longest);
        } catch (RuntimeException e) {
            log.warn("not stopped in order: {}", reason(e));
        }
        Runtime.getRuntime().halt(0); // a stop that was asked for is a success, which a signal's own code would hide
    }

    private static void watchParent() {
        var watcher = new Thread(NodeRunner::exitAtEndOfInput, "parent");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void exitAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {} // what the parent says does not matter, only that it is there
        } catch (IOException e) {
            log.debug("standard input failed", e);
        }
        Runtime.getRuntime().exit(0);
    }
}
