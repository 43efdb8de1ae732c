package dev.skein.http.api.workspaces;

import dev.skein.bus.Bus;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.exchange.Refusal;
import dev.skein.index.query.Queries;
import dev.skein.index.query.Queries.Wanted;
import dev.skein.index.search.SymbolQuery.Order;
import dev.skein.index.symbol.SymbolKind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Questions about symbols, through the router of this node. Thread-safe. */
public final class SymbolCalls {
    /** Longer than the router waits for a worker. */
    static final Duration ASK = Duration.ofSeconds(30);

    private static final Map<String, SymbolKind> KINDS = Arrays.stream(SymbolKind.values())
            .collect(Collectors.toUnmodifiableMap(kind -> kind.name().toLowerCase(Locale.ROOT), kind -> kind));

    private final Bus bus;

    public SymbolCalls(Bus bus) {
        this.bus = bus;
    }

    public Map<String, Handler> handlers() {
        return Map.of("findSymbols", this::find, "documentSymbols", this::outline);
    }

    private Future<Answer> find(Call call) {
        var order = "nova".equals(call.query().get("order")) ? Order.NOVA : Order.SKEIN;
        var text = call.query().getOrDefault("q", "");
        var wanted = new Wanted(text, kinds(call.query().getOrDefault("kind", "")), (int) call.number("limit"), order);
        return bus.askAt(bus.here(), Queries.SYMBOLS, new Queries.Symbols(call.at("name"), wanted), ASK)
                .map(found -> Answer.ok(Covered.of(found)));
    }

    private static Set<SymbolKind> kinds(String words) {
        var kinds = EnumSet.noneOf(SymbolKind.class);
        for (var word : words.isBlank() ? new String[0] : words.split(",")) {
            var kind = KINDS.get(word.strip());
            if (kind == null) {
                throw Refusal.faulty(
                        "invalid_query",
                        List.of("kind must be some of "
                                + KINDS.keySet().stream().sorted().collect(Collectors.joining(", ")) + ", got "
                                + word));
            }
            kinds.add(kind);
        }
        return kinds;
    }

    private Future<Answer> outline(Call call) {
        var path = call.query().getOrDefault("path", "");
        if (path.isEmpty()) {
            throw Refusal.faulty("invalid_query", List.of("path of a file below the workspace's root is missing"));
        }
        return bus.askAt(bus.here(), Queries.OUTLINE, new Queries.Outline(call.at("name"), path), ASK)
                .map(found -> Answer.ok(Covered.of(found)));
    }
}
