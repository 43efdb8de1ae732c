package dev.skein.lsp;

import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.client.IndexClient;
import dev.skein.client.IndexClient.OpenText;
import dev.skein.kernel.Ids;
import dev.skein.lsp.Folders.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.jspecify.annotations.Nullable;

/** The open documents. Changes come in the editor's order on one thread, questions on any. */
final class Documents {
    private static final int SESSION_BYTES = 8;
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final IndexClient index;
    private final Folders folders;
    private final Editor editor;
    private final String session = "lsp-" + Ids.hex(SESSION_BYTES);
    private final Map<String, Long> epochs = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Void>> closing = new ConcurrentHashMap<>();
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

    void change(String uri, @Nullable Integer version, List<TextDocumentContentChangeEvent> changes) {
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
            var closed = document.settled().thenCompose(done -> forget(uri)).handle((done, failure) -> (Void) null);
            closing.put(uri, closed);
            closed.whenComplete((done, failure) -> closing.remove(uri, closed));
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
        return closing.getOrDefault(uri, DONE) // or the end of the one before would be taken for that of this one
                .thenCompose(done -> folders.place(uri))
                .thenCompose(place -> place == null
                        ? DONE
                        : index.edit(place.workspace(), open(place, edit)).thenAccept(taken -> {
                            heard(place.workspace(), taken);
                            faults(uri, place, edit.version());
                        }))
                .whenComplete((done, failure) -> tell(uri, failure));
    }

    /** Aside, since neither a question nor the next text waits for it; told only while that text is the newest. */
    private void faults(String uri, Place place, int version) {
        index.ask(place.workspace(), "diagnostics", Map.of("path", place.path()))
                .thenAccept(answer -> {
                    var document = open.get(uri);
                    if (document != null && document.version() == version) {
                        editor.faults(uri, version, Shapes.diagnostics(answer));
                    }
                })
                .whenComplete((done, failure) -> tell(uri, failure));
    }

    private OpenText open(Place place, Document.Edit edit) {
        return new OpenText(session, place.path(), edit.version(), edit.text());
    }

    /** Keeps what is open from being taken for that of an editor that died. */
    CompletableFuture<Void> renew() {
        var renewed = open.isEmpty() ? Stream.<String>of() : folders.workspaces();
        return CompletableFuture.allOf(renewed.map(this::renew).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> renew(String workspace) {
        return index.renew(workspace, session)
                .thenAccept(lease -> {
                    heard(workspace, lease);
                    ensure(workspace, lease.path("documents"));
                })
                .whenComplete((done, failure) -> tell(workspace, failure));
    }

    /** Sends again what never arrived, or was given up after a silence longer than the lease. */
    private void ensure(String workspace, JsonNode held) {
        var versions = new HashMap<String, Long>();
        held.forEach(each ->
                versions.put(each.path("path").asText(), each.path("version").asLong()));
        open.forEach((uri, document) -> folders.place(uri).thenAccept(place -> {
            if (place != null && place.workspace().equals(workspace)) {
                document.ensure(versions.getOrDefault(place.path(), Long.MIN_VALUE));
            }
        }));
    }

    /** Another epoch than before is a new life of the index's router, which knows nothing of what is open. */
    private void heard(String workspace, JsonNode answer) {
        long epoch = answer.path("epoch").asLong();
        var before = epochs.put(workspace, epoch);
        if (before != null && before != epoch) {
            editor.log("the router of " + workspace + " began anew; open documents are sent again");
            open.values().forEach(Document::sendAgain);
        }
    }

    /** Files that changed on disk, which may be all of another branch. */
    void changedOnDisk(List<String> uris) {
        var places = uris.stream().map(folders::place).toList();
        CompletableFuture.allOf(places.toArray(CompletableFuture[]::new)).thenRun(() -> {
            var paths = places.stream()
                    .map(CompletableFuture::join)
                    .filter(Objects::nonNull)
                    .collect(Collectors.groupingBy(Place::workspace, Collectors.mapping(Place::path, toList())));
            paths.forEach(this::look);
        });
    }

    private void look(String workspace, List<String> paths) {
        for (int from = 0; from < paths.size(); from += IndexClient.LOOK_MAX) {
            var part = paths.subList(from, Math.min(paths.size(), from + IndexClient.LOOK_MAX));
            index.look(workspace, part).whenComplete((looked, failure) -> tell(workspace, failure));
        }
    }

    private CompletableFuture<Void> forget(String uri) {
        editor.faults(uri, null, List.of());
        return folders.place(uri)
                .thenCompose(place -> place == null
                        ? DONE
                        : index.close(place.workspace(), session, place.path()).thenAccept(closed -> {}))
                .whenComplete((done, failure) -> tell(uri, failure));
    }

    private void tell(String uri, @Nullable Throwable failure) {
        if (failure != null) {
            editor.log(uri + ": " + Editor.reason(failure));
        }
    }
}
