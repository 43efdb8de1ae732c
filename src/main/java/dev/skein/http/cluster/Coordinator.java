package dev.skein.http.cluster;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Future;
import java.time.Duration;

/** Asks the leading coordinator, wherever it is. Thread-safe. */
public final class Coordinator {
    /** Reads are answered from memory, at once. */
    public static final Duration READ = Duration.ofSeconds(2);

    public static final Duration CHANGE = Duration.ofSeconds(10);

    /** Deploying waits for workers, each of which may take 10 s. */
    public static final Duration LONG_CHANGE = Duration.ofSeconds(60);

    private static final String NOBODY = "not_ready"; // the code of a question that nobody serves

    private static final String SILENT = "worker_timeout"; // the code of a question without an answer

    private final Bus bus;

    public Coordinator(Bus bus) {
        this.bus = bus;
    }

    /** Asks for what changes nothing; no answer at all means that nobody leads. */
    public <Q extends Record, R extends Record> Future<R> read(Endpoint<Q, R> endpoint, Q question) {
        return read(endpoint, question, READ);
    }

    /** The same of what is answered late on purpose. */
    public <Q extends Record, R extends Record> Future<R> read(Endpoint<Q, R> endpoint, Q question, Duration time) {
        return bus.ask(endpoint, question, time)
                .recover(cause -> Future.failedFuture(isSilence(cause) ? noLeader() : unserved(cause)));
    }

    /** Asks for a change; when there is no answer it may have been made, and the failure says so. */
    public <Q extends Record, R extends Record> Future<R> change(Endpoint<Q, R> endpoint, Q question, Duration time) {
        return bus.ask(endpoint, question, time)
                .recover(cause -> Future.failedFuture(isSilence(cause) ? silentChange() : unserved(cause)));
    }

    private static boolean isSilence(Throwable cause) {
        var problem = Problem.in(cause);
        return problem != null
                && problem.kind() == Kind.TIMEOUT
                && problem.code().equals(SILENT);
    }

    private static Throwable unserved(Throwable cause) {
        var problem = Problem.in(cause);
        boolean isUnserved =
                problem != null && problem.kind() == Kind.BUSY && problem.code().equals(NOBODY);
        return isUnserved ? noLeader() : cause;
    }

    private static Problem silentChange() {
        return Problem.busy(
                "no_leader",
                "the coordinator did not answer in time; it may have been carried out, so look before repeating it");
    }

    private static Problem noLeader() {
        return Problem.busy("no_leader", "no coordinator can be reached from this node");
    }
}
