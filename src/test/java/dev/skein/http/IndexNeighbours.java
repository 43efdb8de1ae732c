package dev.skein.http;

import dev.skein.bus.Bus;
import dev.skein.bus.Contract;
import dev.skein.index.feed.Feeds.Fault;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.overlay.Documents;
import dev.skein.index.query.Code;
import dev.skein.index.query.Queries;
import dev.skein.index.query.Queries.Copied;
import dev.skein.index.query.Queries.Coverage;
import dev.skein.index.query.Queries.Freshness;
import dev.skein.index.query.Queries.Missing;
import dev.skein.index.query.Queries.ShardStatus;
import dev.skein.index.search.Hit;
import dev.skein.index.source.ContentHash;
import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.Span;
import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolKind;
import dev.skein.index.workspace.Repositories;
import dev.skein.index.workspace.Repositories.Progress;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.index.workspace.Workspaces.View;
import java.util.List;

/** A leader and a router that know one workspace of two shards, of which one does not answer. */
final class IndexNeighbours {
    static final List<Contract> CONTRACTS = List.of(
            Workspaces.CREATE,
            Workspaces.GET,
            Workspaces.LIST,
            Workspaces.REMOVE,
            Repositories.ADD,
            Repositories.FIND,
            Repositories.REFRESH,
            Repositories.DROP,
            Queries.SYMBOLS,
            Queries.OUTLINE,
            Queries.STATUS,
            Code.DEFINITION,
            Code.HOVER,
            Code.REFERENCES,
            Code.IMPLEMENTATIONS,
            Code.HIERARCHY,
            Code.DIAGNOSTICS,
            Code.CALLED_OFF,
            Documents.PUT,
            Documents.CLOSE,
            Documents.MOVE,
            Documents.LOOK,
            Documents.RENEW,
            Documents.LIST);

    /** One that the workspace is, and one that is being made. */
    private static final List<Repositories.Copy> COPIES = List.of(
            copy("c", Repositories.State.READY, new Progress("", 0, 0, 0)),
            copy("new", Repositories.State.CLONING, new Progress("Receiving objects", 3, 10, 4_096)));

    private IndexNeighbours() {}

    private static Repositories.Copy copy(String name, Repositories.State state, Progress progress) {
        var commit = state == Repositories.State.READY ? "0123456789012345678901234567890123456789" : null;
        var url = "https://git.example.org/" + name;
        return new Repositories.Copy(
                name, "node", "/srv/" + name, url, "main", state, commit != null, commit, progress, null);
    }

    private static Repositories.Added added(Repositories.Add ask) {
        boolean isSoon = ask.url().endsWith("/c");
        return new Repositories.Added(COPIES.get(isSoon ? 0 : 1), isSoon ? view("c") : null);
    }

    static void serve(Neighbours all, Bus bus) {
        all.serve(bus, Workspaces.GET, ask -> view(ask.name()));
        all.serve(bus, Workspaces.LIST, ask -> new Workspaces.Listed(List.of(view("c")), 1));
        all.serve(bus, Workspaces.REMOVE, ask -> new Workspaces.Removed(true));
        bus.serveHere(Workspaces.CREATE, all.answering((Workspaces.Create ask) -> view(ask.name())));
        bus.serveHere(Queries.SYMBOLS, all.answering((Queries.Symbols ask) -> answer()));
        bus.serveHere(Queries.OUTLINE, all.answering((Queries.Outline ask) -> answer()));
        bus.serveHere(Queries.STATUS, all.answering((Queries.Status ask) -> status()));
        bus.serveHere(Repositories.ADD, all.answering((Repositories.Add ask) -> added(ask)));
        bus.serveHere(Repositories.FIND, all.answering((Repositories.Find ask) -> new Repositories.Found(COPIES)));
        bus.serveHere(Repositories.REFRESH, all.answering((Repositories.Refresh ask) -> COPIES.get(0)));
        bus.serveHere(Repositories.DROP, all.answering((Repositories.Drop ask) -> new Repositories.Dropped(true)));
        documents(all, bus);
        code(all, bus);
    }

    private static void code(Neighbours all, Bus bus) {
        var at = new Span(1, 2, 1, 8);
        var place = new Code.Place(Code.Certainty.RESOLVED, "src/main/java/a/B.java", at, symbol(), "fooBar");
        var found = new Code.Answer(Code.Certainty.RESOLVED, "", "fooBar", at, List.of(place), 3, coverage());
        var fault = new Code.Fault(at, "that is no Java");
        bus.subscribe(Code.CALLED_OFF, all::note);
        bus.serveHere(Code.DEFINITION, all.answering((Code.Question ask) -> found));
        bus.serveHere(Code.REFERENCES, all.answering((Code.Question ask) -> found));
        bus.serveHere(Code.IMPLEMENTATIONS, all.answering((Code.Question ask) -> found));
        bus.serveHere(
                Code.HOVER, all.answering((Code.Question ask) -> new Code.Hover(found, "int fooBar()", "Does it.")));
        bus.serveHere(
                Code.HIERARCHY,
                all.answering((Code.Question ask) -> new Code.Hierarchy(found, List.of(place), List.of())));
        bus.serveHere(Code.DIAGNOSTICS, all.answering((Code.Check ask) -> new Code.Faults(List.of(fault), coverage())));
    }

    private static void documents(Neighbours all, Bus bus) {
        var done = new Documents.Done(true, true, 9, 7);
        var open = List.of(new Documents.Open("src/main/java/a/B.java", "s", 3, 20));
        bus.serveHere(Documents.PUT, all.answering((Documents.Put ask) -> done));
        bus.serveHere(Documents.CLOSE, all.answering((Documents.Close ask) -> done));
        bus.serveHere(Documents.MOVE, all.answering((Documents.Move ask) -> done));
        bus.serveHere(Documents.LOOK, all.answering((Documents.Look ask) -> done));
        bus.serveHere(Documents.RENEW, all.answering((Documents.Renew ask) -> new Documents.Renewed(7, 1_000, open)));
        bus.serveHere(
                Documents.LIST, all.answering((Documents.ListOpen ask) -> new Documents.Listed(open, 1, 0, 0, 7)));
    }

    private static View view(String name) {
        var shards = List.of(
                new Shard("src/main/java", 2, 100, "worker-0", "worker-0@1", 3),
                new Shard("src/test/java", 1, 50, null, null, 0));
        return new View("w-1", name, "/srv/c", "node", List.of("src/main/java", "src/test/java"), shards);
    }

    private static Coverage coverage() {
        return new Coverage(1, 2, true, 1_000, 9, List.of(new Missing("src/test/java", "no_worker")));
    }

    private static Symbol symbol() {
        return new Symbol(
                SymbolKind.METHOD,
                "fooBar",
                "a.B",
                "int",
                "(int, String)",
                Modifiers.PUBLIC | Modifiers.STATIC | Modifiers.DEPRECATED,
                new Span(1, 2, 1, 8),
                new Span(1, 0, 3, 1),
                "Does it.");
    }

    private static Queries.Answer answer() {
        return new Queries.Answer(
                List.of(new Hit(1, "src/main/java/a/B.java", 0, new ContentHash(1, 2), symbol())), 7, coverage());
    }

    private static Queries.Statuses status() {
        var freshness = new Freshness(new Ref("w-1", "src/main/java", 3), true, true, 1_000, 9);
        var faults = List.of(new Fault("a/X.java", "binary"));
        var shard = new ShardStatus(freshness, "worker-0", 2, 9, 400, faults, new Copied(3, "worker-1", 0));
        return new Queries.Statuses(List.of(shard), coverage());
    }
}
