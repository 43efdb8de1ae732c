package dev.skein.lsp;

import dev.skein.client.IndexClient;
import dev.skein.lsp.Folders.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.jspecify.annotations.Nullable;

/** The open documents. Changes come in the editor's order on one thread, questions on any. */
final class Documents {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final IndexClient index;
    private final Folders folders;
    private final Editor editor;
    private final Map<String, Document> open = new ConcurrentHashMap<>();

    Documents(IndexClient index, Folders folders, Editor editor) {
        this.index = index;
        this.folders = folders;
        this.editor = editor;
    }

    void open(String uri, int version, String text) {
        var document = new Document(version, new Text(text), edit -> send(uri, edit));
        open.put(uri, document);
        document.sendNewest();
    }

    void change(String uri, int version, List<TextDocumentContentChangeEvent> changes) {
        var document = open.get(uri);
        if (document == null) {
            editor.log(uri + " was changed and is not open");
        } else {
            document.change(version, changes);
        }
    }

    void close(String uri) {
        var document = open.remove(uri);
        if (document != null) {
            document.settled().whenComplete((done, failure) -> forget(uri));
        }
    }

    /** When the newest text of a document has arrived, or could not; at once for one that is not open. */
    CompletableFuture<Void> settled(String uri) {
        var document = open.get(uri);
        return document == null ? DONE : document.settled();
    }

    CompletableFuture<Void> closeAll() {
        var closed = List.copyOf(open.keySet()).stream().map(this::forget).toArray(CompletableFuture[]::new);
        open.clear();
        return CompletableFuture.allOf(closed);
    }

    private CompletableFuture<Void> send(String uri, Document.Edit edit) {
        return folders.place(uri)
                .thenCompose(place -> place == null
                        ? DONE
                        : index.edit(place.workspace(), place.path(), edit.version(), edit.text())
                                .thenCompose(accepted -> faults(uri, place, edit.version())))
                .whenComplete((done, failure) -> tell(uri, failure));
    }

    private CompletableFuture<Void> faults(String uri, Place place, int version) {
        return index.ask(place.workspace(), "diagnostics", Map.of("path", place.path()))
                .thenAccept(answer -> {
                    var faults = new ArrayList<Diagnostic>();
                    answer.path("diagnostics").forEach(each -> faults.add(Shapes.diagnostic(each)));
                    editor.faults(uri, version, faults);
                });
    }

    /** A new life of the index may not have them. */
    void sendAll() {
        open.values().forEach(Document::sendAgain);
    }

    private CompletableFuture<Void> forget(String uri) {
        editor.faults(uri, null, List.of());
        return folders.place(uri)
                .thenCompose(place -> place == null ? DONE : index.drop(place.workspace(), place.path()))
                .whenComplete((done, failure) -> tell(uri, failure));
    }

    private void tell(String uri, @Nullable Throwable failure) {
        if (failure != null) {
            editor.log(uri + ": " + Editor.reason(failure));
        }
    }
}
