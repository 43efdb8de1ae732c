package dev.skein.lsp;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.jspecify.annotations.Nullable;

/**
 * One open document: at most one of its texts is on its way, and of those that wait only the newest is sent. Thread
 * safe; changes come in their order.
 */
final class Document {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Function<Edit, CompletableFuture<Void>> way;
    private int version;
    private Text text;
    private int sentVersion = Integer.MIN_VALUE;
    private boolean isRefused; // the last that was sent, for good
    private @Nullable CompletableFuture<Void> sending;

    /** A text under the editor's number for it. */
    record Edit(int version, String text) {}

    /** @param way takes a text to the index; a failure is its own to tell */
    Document(int version, Text text, Function<Edit, CompletableFuture<Void>> way) {
        this.version = version;
        this.text = text;
        this.way = way;
    }

    /** @param newer null, or no higher than before, from an editor that does not count */
    synchronized void change(@Nullable Integer newer, List<TextDocumentContentChangeEvent> changes) {
        text = text.with(changes);
        version = Math.max(version + 1, newer == null ? 0 : newer);
        sendNewest();
    }

    /** Once more, as when the index may have lost it. */
    synchronized void sendAgain() {
        sentVersion = Integer.MIN_VALUE;
        sendNewest();
    }

    /** Once more if the index has only an older text, or none, and may take this one. */
    synchronized void ensure(long held) {
        if (held < version && !isRefused && sending == null) {
            sendAgain();
        }
    }

    synchronized void sendNewest() {
        if (sending != null || sentVersion == version) {
            return;
        }
        var edit = new Edit(version, text.all());
        var arrival = new CompletableFuture<Void>();
        sending = arrival;
        way.apply(edit).whenComplete((done, failure) -> {
            arrived(edit.version, failure);
            arrival.complete(null); // only now, so that whoever waited finds what is under way by then
        });
    }

    private synchronized void arrived(int arrived, @Nullable Throwable failure) {
        sending = null;
        isRefused = isFinal(failure);
        sentVersion = arrived;
        sendNewest();
    }

    private static boolean isFinal(@Nullable Throwable failure) {
        var problem = Problem.in(failure);
        return problem != null && (problem.kind() == Kind.INVALID || problem.kind() == Kind.TOO_LARGE);
    }

    /** When the text of now has arrived, or could not. */
    CompletableFuture<Void> settled() {
        return settled(version());
    }

    synchronized int version() {
        return version;
    }

    private synchronized CompletableFuture<Void> settled(int wanted) {
        var under = sending;
        return under == null || sentVersion >= wanted ? DONE : under.thenCompose(done -> settled(wanted));
    }
}
