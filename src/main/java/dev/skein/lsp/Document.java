package dev.skein.lsp;

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
    private @Nullable CompletableFuture<Void> sending;

    /** A text under the editor's number for it. */
    record Edit(int version, String text) {}

    /** @param way takes a text to the index; a failure is its own to tell */
    Document(int version, Text text, Function<Edit, CompletableFuture<Void>> way) {
        this.version = version;
        this.text = text;
        this.way = way;
    }

    synchronized void change(int newer, List<TextDocumentContentChangeEvent> changes) {
        text = text.with(changes);
        version = newer;
        sendNewest();
    }

    /** Once more, as when the index may have lost it. */
    synchronized void sendAgain() {
        sentVersion = Integer.MIN_VALUE;
        sendNewest();
    }

    synchronized void sendNewest() {
        if (sending != null || sentVersion == version) {
            return;
        }
        var edit = new Edit(version, text.all());
        var arrival = new CompletableFuture<Void>();
        sending = arrival;
        way.apply(edit).whenComplete((done, failure) -> {
            arrived(edit.version);
            arrival.complete(null); // only now, so that whoever waited finds what is under way by then
        });
    }

    private synchronized void arrived(int arrived) {
        sending = null;
        sentVersion = arrived;
        sendNewest();
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
