package dev.skein.worker.review;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.index.query.Code;
import dev.skein.index.query.Code.Certainty;
import dev.skein.index.query.Code.Place;
import dev.skein.index.query.Code.Question;
import dev.skein.index.query.Queries;
import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolKind;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.ListAll;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import dev.skein.review.SourceFile;
import dev.skein.review.run.ReviewParts.TaskOrder;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the code index knows about files under review: who calls their methods, and what they call elsewhere. A help for
 * models, so that whatever the index does not tell in time is left out. Thread-safe.
 */
final class CodeNotes {
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Duration OF_TASK = Duration.ofSeconds(15);
    private static final int WORKSPACES_MAX = 1_000;
    private static final int DECLARATIONS_MAX = 8; // of one file
    private static final int CALLERS_MAX = 3; // of one declaration

    private static final Set<SymbolKind> CALLED = Set.of(SymbolKind.METHOD, SymbolKind.CONSTRUCTOR);

    private final Bus bus;
    private final Membership membership;
    private final InstantSource clock;

    CodeNotes(Bus bus, Membership membership, InstantSource clock) {
        this.bus = bus;
        this.membership = membership;
        this.clock = clock;
    }

    /**
     * A file in a workspace.
     *
     * @param router that has the workspace
     * @param path in it
     */
    private record Known(NodeAddress router, String workspace, String path, Names names, Instant until) {
        Question about(int line, int column, int limit) {
            return new Question("", workspace, path, line, column, limit);
        }
    }

    /** By the paths of files; those of which nothing is known have none. On a thread that may block. */
    Future<Map<String, String>> of(TaskOrder order, List<SourceFile> files) {
        var names = new TreeMap<String, Names>();
        files.stream()
                .filter(file -> file.language().equals("java"))
                .forEach(file -> names.put(file.path(), new Names(file.text())));
        var notes = new TreeMap<String, String>();
        return names.isEmpty()
                ? Future.succeededFuture(notes)
                : bus.ask(Workspaces.LIST, new ListAll(WORKSPACES_MAX, 0), DEADLINE)
                        .compose(listed -> around(order, listed.workspaces())
                                .map(view -> each(view, order, names, notes))
                                .orElse(Future.succeededFuture()))
                        .transform(done -> Future.succeededFuture(notes));
    }

    /** The workspace on the node of the root that has the root, the innermost of several. */
    private static Optional<View> around(TaskOrder order, List<View> workspaces) {
        var root = Path.of(order.root());
        return workspaces.stream()
                .filter(view -> view.router().equals(order.node()) && root.startsWith(Path.of(view.root())))
                .max(Comparator.comparingInt(view -> view.root().length()));
    }

    private Future<?> each(View view, TaskOrder order, Map<String, Names> files, Map<String, String> notes) {
        var router = membership.life(view.router());
        if (router.isEmpty()) {
            return Future.succeededFuture();
        }
        var inside = Path.of(view.root()).relativize(Path.of(order.root()));
        var until = clock.instant().plus(OF_TASK);
        Future<?> last = Future.succeededFuture();
        for (var file : files.entrySet()) {
            var path = inside.resolve(file.getKey()).toString();
            var known = new Known(router.get(), view.name(), path, file.getValue(), until);
            last = last.compose(done -> note(known)).onSuccess(note -> keep(file.getKey(), note, notes));
        }
        return last;
    }

    private static void keep(String path, String note, Map<String, String> notes) {
        if (!note.isEmpty()) {
            notes.put(path, note);
        }
    }

    private Future<String> note(Known known) {
        var lines = new ArrayList<String>();
        return callers(known, lines).compose(done -> callees(known, lines)).map(done -> String.join("\n", lines));
    }

    /** Fails once the time of the task is over; what is known by then stands. */
    private <Q extends Record, R extends Record> Future<R> ask(Known known, Endpoint<Q, R> endpoint, Q question) {
        return clock.instant().isAfter(known.until)
                ? Future.failedFuture(Problem.timeout("the index took too long"))
                : bus.askAt(known.router, endpoint, question, DEADLINE);
    }

    private Future<?> callers(Known known, List<String> lines) {
        return ask(known, Queries.OUTLINE, new Queries.Outline(known.workspace, known.path))
                .compose(outline -> {
                    Future<?> last = Future.succeededFuture();
                    var declared = outline.hits().stream()
                            .map(hit -> hit.symbol())
                            .filter(symbol -> isCallable(symbol) && known.names.isAt(symbol))
                            .limit(DECLARATIONS_MAX)
                            .toList();
                    for (var symbol : declared) {
                        last = last.compose(done -> callersOf(symbol, known, lines));
                    }
                    return last;
                });
    }

    private static boolean isCallable(Symbol symbol) {
        return (CALLED.contains(symbol.kind()) || symbol.kind().isType())
                && !Modifiers.words(symbol.modifiers()).contains("private");
    }

    private Future<?> callersOf(Symbol symbol, Known known, List<String> lines) {
        var at = symbol.name();
        return ask(known, Code.REFERENCES, known.about(at.line(), at.column(), CALLERS_MAX))
                .onSuccess(found -> found.places().stream()
                        .filter(place -> place.certainty() == Certainty.RESOLVED)
                        .forEach(place -> lines.add("%s is used by %s: %s"
                                .formatted(symbol.identifier() + symbol.parameters(), where(place), place.line()))))
                .otherwiseEmpty();
    }

    private static String where(Place place) {
        var around = place.symbol();
        var at = "%s, line %d".formatted(place.path(), place.at().line() + 1);
        return around == null ? at : around.qualifiedName() + around.parameters() + " (" + at + ")";
    }

    private Future<?> callees(Known known, List<String> lines) {
        Future<?> last = Future.succeededFuture();
        for (var call : known.names.calls()) {
            last = last.compose(done -> ask(known, Code.DEFINITION, known.about(call.line(), call.column(), 1))
                    .onSuccess(found -> found.places().stream()
                            .filter(place -> found.name().equals(call.name()) && isElsewhere(place, known))
                            .limit(1)
                            .forEach(place -> lines.add("%s() is %s".formatted(call.name(), declared(place)))))
                    .otherwiseEmpty());
        }
        return last;
    }

    private static boolean isElsewhere(Place place, Known known) {
        return place.certainty() == Certainty.RESOLVED
                && place.symbol() != null
                && !place.path().equals(known.path);
    }

    private static String declared(Place place) {
        var symbol = place.symbol();
        var owner = symbol == null ? "" : symbol.container();
        return "%s of %s (%s, line %d)"
                .formatted(place.line(), owner, place.path(), place.at().line() + 1);
    }
}
