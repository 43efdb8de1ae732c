package dev.skein.review.engine.model;

import io.vertx.core.Future;
import java.util.List;

/** A language model somewhere. Thread-safe, never blocks. */
public interface Model extends AutoCloseable {
    /** What answers: the model's name as its server knows it. */
    String name();

    /** Asks once; fails with a {@link ModelProblem} that says whether the answer was cut off. */
    Future<Reply> ask(Question question);

    /** Whether some server is there and has the model, in one sentence when not. */
    Future<Void> check();

    @Override
    void close();

    /**
     * What is asked.
     *
     * @param talk turns in order, the first of them the system's
     * @param schema of the answer, as JSON
     * @param stopped completes when the answer is no longer wanted
     */
    record Question(List<Turn> talk, String schema, Future<String> stopped) {
        public Question {
            talk = List.copyOf(talk);
        }

        /** How many characters are sent. */
        public long characters() {
            return talk.stream().mapToLong(turn -> turn.text().length()).sum() + schema.length();
        }
    }

    /** What one side said: {@code system}, {@code user} or {@code assistant}. */
    record Turn(String role, String text) {}

    /** A whole answer and what it took. */
    record Reply(String text, long promptTokens, long answerTokens) {}
}
