package dev.skein.http.api.workspaces;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.http.api.Pages;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.json.Json;
import dev.skein.index.overlay.Documents;
import dev.skein.index.overlay.Documents.Done;
import dev.skein.index.overlay.Documents.Open;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What editors tell of their documents, through the router of this node. Thread-safe. */
public final class DocumentCalls {
    private static final Duration ASK = Duration.ofSeconds(25); // longer than one router waits for another

    private final Bus bus;

    public DocumentCalls(Bus bus) {
        this.bus = bus;
    }

    private record GivenText(String session, long version, String text) {}

    private record GivenMove(String session, String from, String to) {}

    private record GivenPaths(List<String> paths) {}

    private record OpenView(String path, String session, long version, long bytes) {
        static OpenView of(Open open) {
            return new OpenView(open.path(), open.session(), open.version(), open.bytes());
        }
    }

    private record Lease(long epoch, double leaseSeconds, List<OpenView> documents) {}

    private record DocumentList(
            List<OpenView> documents,
            int total,
            long versionsRefused,
            long textsSuperseded,
            long epoch,
            Pages pagination) {}

    public Map<String, Handler> handlers() {
        return Map.of(
                "putDocument", this::put,
                "closeDocument", this::close,
                "moveDocument", this::move,
                "listDocuments", this::list,
                "renewSession", this::renew,
                "lookAtFiles", this::look);
    }

    private <Q extends Record> Future<Answer> done(Endpoint<Q, Done> endpoint, Q question) {
        return bus.askAt(bus.here(), endpoint, question, ASK).map(Answer::ok);
    }

    private static String query(Call call, String name) {
        return call.query().getOrDefault(name, "");
    }

    private Future<Answer> put(Call call) {
        var given = Json.as(GivenText.class, call.checked());
        var put = new Documents.Put(call.at("name"), query(call, "path"), given.session, given.version, given.text);
        return done(Documents.PUT, put);
    }

    private Future<Answer> close(Call call) {
        return done(Documents.CLOSE, new Documents.Close(call.at("name"), query(call, "path"), query(call, "session")));
    }

    private Future<Answer> move(Call call) {
        var given = Json.as(GivenMove.class, call.checked());
        return done(Documents.MOVE, new Documents.Move(call.at("name"), given.from, given.to, given.session));
    }

    private Future<Answer> look(Call call) {
        var given = Json.as(GivenPaths.class, call.checked());
        return done(Documents.LOOK, new Documents.Look(call.at("name"), given.paths));
    }

    private Future<Answer> renew(Call call) {
        var renew = new Documents.Renew(call.at("name"), call.at("session"));
        return bus.askAt(bus.here(), Documents.RENEW, renew, ASK).map(renewed -> {
            var documents = renewed.documents().stream().map(OpenView::of).toList();
            return Answer.ok(new Lease(renewed.epoch(), renewed.leaseMillis() / 1_000.0, documents));
        });
    }

    private Future<Answer> list(Call call) {
        var page = Pages.wanted(call);
        var ask = new Documents.ListOpen(call.at("name"), page.limit(), page.offset());
        return bus.askAt(bus.here(), Documents.LIST, ask, ASK).map(found -> {
            var documents = found.documents().stream().map(OpenView::of).toList();
            return Answer.ok(new DocumentList(
                    documents,
                    found.total(),
                    found.refused(),
                    found.superseded(),
                    found.epoch(),
                    Pages.of(page, documents.size(), found.total())));
        });
    }
}
