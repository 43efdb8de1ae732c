package dev.skein.lsp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.lsp.Folders.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.ImplementationParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentPositionParams;
import org.eclipse.lsp4j.TypeHierarchyItem;
import org.eclipse.lsp4j.TypeHierarchyPrepareParams;
import org.eclipse.lsp4j.TypeHierarchySubtypesParams;
import org.eclipse.lsp4j.TypeHierarchySupertypesParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.TextDocumentService;

/** What an editor says and asks about documents. */
final class TextQuestions implements TextDocumentService {
    private static final String HIERARCHY = "type-hierarchy";

    private final Documents documents;
    private final Questions questions;

    TextQuestions(Documents documents, Questions questions) {
        this.documents = documents;
        this.questions = questions;
    }

    @Override
    public void didOpen(DidOpenTextDocumentParams params) {
        var document = params.getTextDocument();
        documents.open(document.getUri(), document.getVersion(), document.getText());
    }

    @Override
    public void didChange(DidChangeTextDocumentParams params) {
        var document = params.getTextDocument();
        documents.change(document.getUri(), document.getVersion(), params.getContentChanges());
    }

    @Override
    public void didClose(DidCloseTextDocumentParams params) {
        documents.close(params.getTextDocument().getUri());
    }

    @Override
    public void didSave(DidSaveTextDocumentParams params) {
        documents.changedOnDisk(List.of(params.getTextDocument().getUri()));
    }

    @Override
    public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
            DocumentSymbolParams params) {
        return questions.about("document-symbols", params.getTextDocument().getUri(), Map.of(), (folder, answer) -> {
            var shown = new ArrayList<Either<SymbolInformation, DocumentSymbol>>();
            Shapes.outline(answer.path("symbols")).forEach(each -> shown.add(Either.forRight(each)));
            return shown;
        });
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>> definition(
            DefinitionParams params) {
        return at("definition", params, (folder, answer) -> Either.forLeft(Shapes.places(folder, answer)));
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>> implementation(
            ImplementationParams params) {
        return at("implementations", params, (folder, answer) -> Either.forLeft(Shapes.places(folder, answer)));
    }

    @Override
    public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
        return at("references", params, Shapes::places);
    }

    @Override
    public CompletableFuture<Hover> hover(HoverParams params) {
        return at("hover", params, (folder, answer) -> Shapes.hover(answer));
    }

    @Override
    public CompletableFuture<List<TypeHierarchyItem>> prepareTypeHierarchy(TypeHierarchyPrepareParams params) {
        return at(HIERARCHY, params, (folder, answer) -> Shapes.types(folder, answer.path("places")));
    }

    @Override
    public CompletableFuture<List<TypeHierarchyItem>> typeHierarchySupertypes(TypeHierarchySupertypesParams params) {
        return around(params.getItem(), "supertypes");
    }

    @Override
    public CompletableFuture<List<TypeHierarchyItem>> typeHierarchySubtypes(TypeHierarchySubtypesParams params) {
        return around(params.getItem(), "subtypes");
    }

    private CompletableFuture<List<TypeHierarchyItem>> around(TypeHierarchyItem type, String direction) {
        return questions.at(
                HIERARCHY,
                type.getUri(),
                type.getSelectionRange().getStart(),
                (folder, answer) -> Shapes.types(folder, answer.path(direction)));
    }

    private <T> CompletableFuture<T> at(
            String question, TextDocumentPositionParams params, BiFunction<Folder, JsonNode, T> read) {
        return questions.at(question, params.getTextDocument().getUri(), params.getPosition(), read);
    }
}
