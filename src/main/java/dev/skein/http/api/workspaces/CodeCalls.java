package dev.skein.http.api.workspaces;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.exchange.Refusal;
import dev.skein.index.query.Code;
import dev.skein.index.query.Code.Check;
import dev.skein.index.query.Code.Question;
import dev.skein.kernel.Ids;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Questions about code at a place, through the router of this node. Thread-safe. */
public final class CodeCalls {
    private static final int ID_BYTES = 8;

    private final Bus bus;

    public CodeCalls(Bus bus) {
        this.bus = bus;
    }

    public Map<String, Handler> handlers() {
        return Map.of(
                "definition",
                call -> places(call, Code.DEFINITION),
                "references",
                call -> places(call, Code.REFERENCES),
                "implementations",
                call -> places(call, Code.IMPLEMENTATIONS),
                "hover",
                this::hover,
                "typeHierarchy",
                this::hierarchy,
                "diagnostics",
                this::diagnostics);
    }

    private static Question question(Call call, String id) {
        int line = number(call, "line");
        int column = number(call, "column");
        return new Question(id, call.at("name"), path(call), line, column, (int) call.number("limit"));
    }

    private static int number(Call call, String parameter) {
        if (call.query().get(parameter) == null) {
            throw Refusal.faulty("invalid_query", List.of(parameter + " of the place is missing"));
        }
        return (int) call.number(parameter);
    }

    private static String path(Call call) {
        var path = call.query().getOrDefault("path", "");
        if (path.isEmpty()) {
            throw Refusal.faulty("invalid_query", List.of("path of a file below the workspace's root is missing"));
        }
        return path;
    }

    private <R extends Record> Future<R> ask(Call call, Endpoint<Question, R> endpoint) {
        var id = Ids.hex(ID_BYTES);
        var question = question(call, id);
        call.whenGone().accept(() -> bus.announce(Code.CALLED_OFF, new Code.CalledOff(id)));
        return bus.askAt(bus.here(), endpoint, question, SymbolCalls.ASK);
    }

    private Future<Answer> places(Call call, Endpoint<Question, Code.Answer> endpoint) {
        return ask(call, endpoint).map(found -> Answer.ok(CodeView.of(found)));
    }

    private Future<Answer> hover(Call call) {
        return ask(call, Code.HOVER).map(found -> Answer.ok(CodeView.of(found)));
    }

    private Future<Answer> hierarchy(Call call) {
        return ask(call, Code.HIERARCHY).map(found -> Answer.ok(CodeView.of(found)));
    }

    private Future<Answer> diagnostics(Call call) {
        return bus.askAt(bus.here(), Code.DIAGNOSTICS, new Check(call.at("name"), path(call)), SymbolCalls.ASK)
                .map(found -> Answer.ok(FaultsView.of(found)));
    }
}
