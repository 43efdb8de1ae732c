package dev.skein.worker.hosting;

import dev.skein.connector.in.Intake;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Workers.ConnectorHealth;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.Outcome;
import dev.skein.pipeline.vpl.Diagnostic;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes programs run. */
@FunctionalInterface
public interface Engine {
    /**
     * Compiles and starts a program; may take seconds of CPU.
     *
     * @return a {@link dev.skein.kernel.Problem} when it is right but cannot be started
     */
    Started start(String source);

    /** As {@link #start(String)}, with the connectors that come with the order and under its epoch. */
    default Started start(Deploy order) {
        return start(order.source());
    }

    /**
     * What came of it.
     *
     * @param diagnostics errors when it was refused, else warnings
     * @param instance null exactly when it was refused
     */
    record Started(List<Diagnostic> diagnostics, @Nullable Instance instance) {}

    /** Since the start. */
    record Counters(long eventsIn, long eventsOut, long errors) {}

    /** One running program. */
    interface Instance {
        /** Processes events in order and then tells one outcome for each, on any thread. Does not block. */
        void submitAll(List<Event> events, Consumer<List<Outcome>> done);

        Counters counters();

        /** Begins to read what the program reads from outside; events go to {@code intake}. Does not block. */
        default void feed(Intake intake) {}

        /** Whether it reads nothing from outside for now. */
        default void rest(boolean rests) {}

        /** How its links to the world outside are. */
        default List<ConnectorHealth> links() {
            return List.of();
        }

        /** Completes when what it put out to the world outside has arrived there, or was refused for good. */
        default Future<Void> delivered() {
            return Future.succeededFuture();
        }

        /** What it holds between events, for another instance of the same program; empty for nothing. */
        default String state() {
            return "";
        }

        /** Takes over what {@link #state} gave, before the first event. */
        default void restore(String state) {}

        /** Interrupts what is at work; that is answered with errors. */
        Future<Void> close();
    }
}
