package dev.skein.worker.review;

import dev.skein.bus.Bus;
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
import dev.skein.review.SourceFile;
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
    private static final int CALLS_MAX = 16;
    private static final int CALLERS_MAX = 3; // of one declaration

    private static final Set<SymbolKind> CALLED = Set.of(SymbolKind.METHOD, SymbolKind.CONSTRUCTOR);

    private final Bus bus;
    private final InstantSource clock;

    CodeNotes(Bus bus, InstantSource clock) {
        this.bus = bus;
        this.clock = clock;
    }

    /** A file in a workspace; the path is that in the workspace. */
    private record Known(String workspace, String path, SourceFile file) {
        Question about(int line, int column, int limit) {
            return new Question("", workspace, path, line, column, limit);
        }
    }

    /** By the paths of files; those of which nothing is known have none. */
    Future<Map<String, String>> of(String root, List<SourceFile> files) {
        var until = clock.instant().plus(OF_TASK);
        var notes = new TreeMap<String, String>();
        return bus.ask(Workspaces.LIST, new ListAll(WORKSPACES_MAX, 0), DEADLINE)
                .map(listed -> around(Path.of(root), listed.workspaces()))
                .compose(found ->
                        found.map(view -> each(view, root, files, until, notes)).orElse(Future.succeededFuture()))
                .transform(done -> Future.succeededFuture(notes));
    }

    /** The workspace that has the root, the innermost of several. */
    private static Optional<View> around(Path root, List<View> workspaces) {
        return workspaces.stream()
                .filter(view -> root.startsWith(Path.of(view.root())))
                .max(Comparator.comparingInt(view -> view.root().length()));
    }

    private Future<?> each(View view, String root, List<SourceFile> files, Instant until, Map<String, String> notes) {
        var inside = Path.of(view.root()).relativize(Path.of(root));
        Future<?> last = Future.succeededFuture();
        for (var file : files) {
            var known = new Known(view.name(), inside.resolve(file.path()).toString(), file);
            last = last.compose(done ->
                    !file.language().equals("java") || clock.instant().isAfter(until)
                            ? Future.succeededFuture()
                            : note(known).onSuccess(note -> keep(file.path(), note, notes)));
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

    private Future<?> callers(Known known, List<String> lines) {
        return bus.askAt(bus.here(), Queries.OUTLINE, new Queries.Outline(known.workspace, known.path), DEADLINE)
                .compose(outline -> {
                    Future<?> last = Future.succeededFuture();
                    var names = new Names(known.file.text());
                    var declared = outline.hits().stream()
                            .map(hit -> hit.symbol())
                            .filter(symbol -> isCallable(symbol) && names.isAt(symbol))
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
        return bus.askAt(bus.here(), Code.REFERENCES, known.about(at.line(), at.column(), CALLERS_MAX), DEADLINE)
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
        for (var call : new Names(known.file.text()).calls(CALLS_MAX)) {
            last = last.compose(done -> bus.askAt(
                            bus.here(), Code.DEFINITION, known.about(call.line(), call.column(), 1), DEADLINE)
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
