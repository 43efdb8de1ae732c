package dev.skein.review.engine.transcript;

import java.time.Duration;
import java.util.List;

/** Keeps what models are asked and answer. Thread-safe, never blocks. */
public interface Transcript extends AutoCloseable {
    /** Keeps nothing, which is the default. */
    Transcript NONE = entry -> {};

    void note(Entry entry);

    @Override
    default void close() {}

    /** One turn of a talk. */
    record Said(String role, String text) {}

    /**
     * One request.
     *
     * @param host its address
     * @param answer empty when there is none
     * @param problem why there is none; else empty
     * @param took from sending to the end
     */
    record Entry(String host, String model, List<Said> talk, String answer, String problem, Duration took) {
        public Entry {
            talk = List.copyOf(talk);
        }
    }
}
