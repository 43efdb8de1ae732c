package dev.skein.lsp;

import dev.skein.client.IndexClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.SaveOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceFoldersOptions;
import org.eclipse.lsp4j.WorkspaceServerCapabilities;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.jspecify.annotations.Nullable;

/** One editor's side of the protocol. Messages come on one thread, in the editor's order. */
final class EditorServer implements LanguageServer {
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration RENEWAL = Duration.ofSeconds(5);

    private final String version;
    private final Editor editor = new Editor();
    private final Folders folders;
    private final Documents documents;
    private final TextQuestions texts;
    private final WorkspaceQuestions workspaces;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private List<WorkspaceFolder> first = List.of();
    private boolean isShutDown;

    EditorServer(IndexClient index, String version, @Nullable String workspace) {
        this.version = version;
        folders = new Folders(index, workspace);
        documents = new Documents(index, folders, editor);
        var questions = new Questions(index, folders, documents);
        texts = new TextQuestions(documents, questions);
        workspaces = new WorkspaceQuestions(folders, documents, questions, editor);
    }

    void connect(LanguageClient client) {
        editor.connect(client);
    }

    /** Completes with the exit code once the editor said {@code exit}. */
    CompletableFuture<Integer> ended() {
        return ended;
    }

    /** Waits for the end of the editor's stream, which is an end too. */
    void awaitGone(Future<?> listening) {
        try {
            listening.get();
        } catch (ExecutionException e) {
            editor.log("the editor's stream broke: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exit();
    }

    /** Gives up every buffer, as when the editor is gone. */
    CompletableFuture<Void> close() {
        return documents.closeAll().orTimeout(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
        first = folders(params);
        return CompletableFuture.completedFuture(
                new InitializeResult(capabilities(), new ServerInfo("skein", version)));
    }

    /** The folders are looked up now, since the editor takes messages only from here on. */
    @Override
    public void initialized(InitializedParams params) {
        first.forEach(folder -> workspaces.open(folder.getUri()));
        first = List.of();
        renewLater();
    }

    private void renewLater() {
        CompletableFuture.delayedExecutor(RENEWAL.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (!ended.isDone()) {
                        documents.renew().whenComplete((done, failure) -> renewLater());
                    }
                });
    }

    @Override
    public CompletableFuture<Object> shutdown() {
        isShutDown = true;
        return close().handle((done, failure) -> new Object());
    }

    @Override
    public void exit() {
        ended.complete(isShutDown ? 0 : 1);
    }

    @Override
    public TextQuestions getTextDocumentService() {
        return texts;
    }

    @Override
    public WorkspaceQuestions getWorkspaceService() {
        return workspaces;
    }

    @SuppressWarnings("deprecation") // rootUri is all that older editors send
    private static List<WorkspaceFolder> folders(InitializeParams params) {
        if (params.getWorkspaceFolders() != null) {
            return params.getWorkspaceFolders();
        }
        var root = params.getRootUri();
        return root == null ? List.of() : List.of(new WorkspaceFolder(root, root));
    }

    private static ServerCapabilities capabilities() {
        var can = new ServerCapabilities();
        can.setPositionEncoding("utf-16");
        var sync = new TextDocumentSyncOptions();
        sync.setOpenClose(true);
        sync.setChange(TextDocumentSyncKind.Incremental);
        sync.setSave(new SaveOptions(false));
        can.setTextDocumentSync(sync);
        can.setWorkspaceSymbolProvider(true);
        can.setDocumentSymbolProvider(true);
        can.setDefinitionProvider(true);
        can.setHoverProvider(true);
        can.setReferencesProvider(true);
        can.setImplementationProvider(true);
        can.setTypeHierarchyProvider(true);
        var several = new WorkspaceFoldersOptions();
        several.setSupported(true);
        several.setChangeNotifications(true);
        can.setWorkspace(new WorkspaceServerCapabilities(several));
        return can;
    }
}
