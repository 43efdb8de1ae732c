package dev.skein.review;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Looks at code. Found by name from the configuration; one instance serves all calls of its node, several at once. The
 * future fails only when nothing at all could be looked at, with a {@link dev.skein.kernel.Problem} that says whether
 * another try may help; what failed in part is a gap.
 */
public interface Engine extends AutoCloseable {
    /** As users name it: {@code pmd}, {@code ollama}, {@code openai}. */
    String name();

    /** What may change what it finds: versions, rules, model, persona. Part of the key under which results are kept. */
    String fingerprint(Persona persona);

    /** Looks at all chunks of one task. Called on a thread that may block. */
    Future<Look> review(Call call);

    /** Whether it has a use for what is known beside the text. */
    default boolean readsNotes() {
        return false;
    }

    /** Whether it could work now, in one sentence when not. */
    default Future<Void> check() {
        return Future.succeededFuture();
    }

    @Override
    default void close() {}

    /**
     * One task's work.
     *
     * @param chunks by path and line
     * @param notes what is known beside the text, by path: signatures of callers and callees
     * @param progress told how many chunks are done
     * @param stopped completes when the call must end
     */
    record Call(
            List<Chunk> chunks,
            Persona persona,
            Map<String, String> notes,
            Consumer<Integer> progress,
            Future<String> stopped) {
        public Call {
            chunks = List.copyOf(chunks);
            notes = Map.copyOf(notes);
        }
    }

    /**
     * What came of it. Lines of the call's chunks that no gap names were reviewed.
     *
     * @param model that answered; empty for engines without one
     */
    record Look(List<Proposal> proposals, List<Gap> gaps, List<Rule> rules, String model, Usage usage) {
        public Look {
            proposals = List.copyOf(proposals);
            gaps = List.copyOf(gaps);
            rules = List.copyOf(rules);
        }
    }

    /** What a look took of a model; zeros without one. */
    record Usage(long promptTokens, long answerTokens, int requests) {
        public static final Usage NONE = new Usage(0, 0, 0);

        public Usage plus(Usage other) {
            return new Usage(
                    promptTokens + other.promptTokens, answerTokens + other.answerTokens, requests + other.requests);
        }
    }
}
