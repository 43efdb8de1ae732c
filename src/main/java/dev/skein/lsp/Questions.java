package dev.skein.lsp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.client.IndexClient;
import dev.skein.kernel.Problem;
import dev.skein.lsp.Folders.Folder;
import dev.skein.lsp.Folders.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Asks the index. A future that the editor cancels ends its call; one that fails does so as {@code RequestFailed} with
 * the index's own words.
 */
final class Questions {
    private static final int ANSWER_SECONDS = 30;

    private final IndexClient index;
    private final Folders folders;
    private final Documents documents;

    Questions(IndexClient index, Folders folders, Documents documents) {
        this.index = index;
        this.folders = folders;
        this.documents = documents;
    }

    /** About a place in a document, whose newest text has arrived by then. */
    <T> CompletableFuture<T> at(String question, String uri, Position position, BiFunction<Folder, JsonNode, T> read) {
        var where = Map.of("line", position.getLine(), "column", position.getCharacter());
        return about(question, uri, where, read);
    }

    /** As {@link #at}, about all of it or with more to say. */
    <T> CompletableFuture<T> about(
            String question, String uri, Map<String, ?> parameters, BiFunction<Folder, JsonNode, T> read) {
        var place = documents.settled(uri).thenCompose(done -> folders.place(uri));
        return answered(
                place.thenApply(found -> known(found, uri)),
                at -> new Call<>(
                        at.workspace(), question, with(at, parameters), answer -> read.apply(at.folder(), answer)));
    }

    /** About one whole workspace. */
    <T> CompletableFuture<T> of(
            Folder folder, String question, Map<String, ?> parameters, BiFunction<Folder, JsonNode, T> read) {
        return answered(
                CompletableFuture.completedFuture(folder),
                same -> new Call<>(folder.workspace(), question, parameters, answer -> read.apply(folder, answer)));
    }

    /** All answers in one list, in the order of the questions; cancelled together. */
    static <E, T> CompletableFuture<T> together(List<CompletableFuture<List<E>>> asked, Function<List<E>, T> read) {
        var result = new CompletableFuture<T>();
        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).whenComplete((done, failure) -> {
            if (failure == null) {
                result.complete(read.apply(
                        asked.stream().flatMap(each -> each.join().stream()).toList()));
            } else {
                result.completeExceptionally(bare(failure));
            }
        });
        result.whenComplete((value, failure) -> {
            if (failure != null) {
                asked.forEach(each -> each.cancel(true));
            }
        });
        return result;
    }

    private record Call<T>(String workspace, String question, Map<String, ?> parameters, Function<JsonNode, T> read) {}

    private <P, T> CompletableFuture<T> answered(CompletableFuture<P> before, Function<P, Call<T>> toCall) {
        var result = new CompletableFuture<T>();
        before.thenCompose(place -> {
                    var call = toCall.apply(place);
                    var sent = index.ask(call.workspace, call.question, call.parameters);
                    result.whenComplete((value, failure) -> {
                        if (failure != null) {
                            sent.cancel(true);
                        }
                    });
                    return sent.thenApply(call.read);
                })
                .whenComplete((value, failure) -> {
                    if (failure == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(refused(failure));
                    }
                });
        return result.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private static Place known(@Nullable Place place, String uri) {
        if (place == null) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND, "no_workspace", uri + " is in none of the open folders", List.of());
        }
        return place;
    }

    private static Throwable refused(Throwable failure) {
        var problem = Problem.in(failure);
        if (problem != null) {
            return new ResponseErrorException(
                    new ResponseError(ResponseErrorCode.RequestFailed, problem.getMessage(), problem.code()));
        }
        return bare(failure);
    }

    private static Throwable bare(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static Map<String, ?> with(Place place, Map<String, ?> parameters) {
        var all = new LinkedHashMap<String, Object>(parameters);
        all.put("path", place.path());
        return all;
    }
}
