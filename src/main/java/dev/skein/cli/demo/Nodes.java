package dev.skein.cli.demo;

import dev.skein.cli.api.Target;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cluster of a demo. */
interface Nodes extends AutoCloseable {
    /** Where its coordinator answers. */
    Target target();

    /** The ids of its workers. */
    List<String> workers();

    /**
     * Waits for a node to end, which none should.
     *
     * @return which one ended, with the end of its log; null when the time ran out first
     */
    @Nullable
    String awaitEnd(Duration longest);

    /** The last lines of every log, for a failure's message. */
    String tails();

    /** Ends all of them and waits for it, at most some seconds. */
    @Override
    void close();
}
