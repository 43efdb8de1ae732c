package dev.skein.lsp;

import dev.skein.lsp.Folders.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.WorkspaceService;

/** What an editor says and asks about its folders. */
final class WorkspaceQuestions implements WorkspaceService {
    private static final int SYMBOLS_MAX = 200;

    private final Folders folders;
    private final Documents documents;
    private final Questions questions;
    private final Editor editor;

    WorkspaceQuestions(Folders folders, Documents documents, Questions questions, Editor editor) {
        this.folders = folders;
        this.documents = documents;
        this.questions = questions;
        this.editor = editor;
    }

    /** Looks for a folder's workspace; that there is none is told, and all else goes on. */
    void open(String uri) {
        folders.open(uri).whenComplete((folder, failure) -> {
            if (failure != null) {
                editor.warn(uri + " is not indexed: " + Editor.reason(failure));
            } else {
                editor.log(uri + " is in the workspace " + folder.workspace());
            }
        });
    }

    /** Of every folder that is attached by now. */
    @Override
    public CompletableFuture<Either<List<? extends SymbolInformation>, List<? extends WorkspaceSymbol>>> symbol(
            WorkspaceSymbolParams params) {
        var asked = folders.attached().stream()
                .map(folder -> symbols(folder, params.getQuery()))
                .toList();
        return Questions.together(asked, Either::forRight);
    }

    private CompletableFuture<List<WorkspaceSymbol>> symbols(Folder folder, String query) {
        return questions.of(folder, "symbols", Map.of("q", query, "limit", SYMBOLS_MAX), (same, answer) -> {
            var shown = new ArrayList<WorkspaceSymbol>();
            answer.path("symbols").forEach(each -> shown.add(Shapes.workspaceSymbol(same, each)));
            return shown;
        });
    }

    @Override
    public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams params) {
        params.getEvent().getRemoved().forEach(folder -> folders.close(folder.getUri()));
        params.getEvent().getAdded().forEach(folder -> open(folder.getUri()));
    }

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams params) {
        return; // nothing is configured by the editor
    }

    /** The index sees the disk by itself, but not at once. */
    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
        documents.changedOnDisk(
                params.getChanges().stream().map(FileEvent::getUri).distinct().toList());
    }
}
