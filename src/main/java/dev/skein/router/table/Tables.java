package dev.skein.router.table;

import dev.skein.bus.Bus;
import dev.skein.pipeline.Routing;
import dev.skein.pipeline.Routing.Since;
import dev.skein.pipeline.route.RouteTable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The compiled tables of all groups. Read by any thread, refreshed on one event loop. */
public final class Tables {
    private static final Logger log = LoggerFactory.getLogger(Tables.class);
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final Bus bus;
    private final Consumer<Set<String>> changed;
    private volatile Map<String, RouteTable> tables = Map.of();
    private Since known = new Since("", 0);
    private @Nullable Promise<Boolean> asking;
    private @Nullable Promise<Boolean> askingNext;

    /** @param changed hears the ids of groups whose table was replaced or taken away */
    public Tables(Bus bus, Consumer<Set<String>> changed) {
        this.bus = bus;
        this.changed = changed;
    }

    /** The group's table, null when there is none. */
    public @Nullable RouteTable get(String groupId) {
        return tables.get(groupId);
    }

    public Set<String> groupIds() {
        return tables.keySet();
    }

    /** Somebody says that a newer version exists. */
    public void hinted(Routing.Changed hint) {
        if (!hint.generation().equals(known.generation()) || hint.version() > known.version()) {
            refresh();
        }
    }

    /**
     * Asks for what changed; many at once share one question, but never one that was asked before them.
     *
     * @return whether a coordinator answered; never fails
     */
    public Future<Boolean> refresh() {
        if (asking == null) {
            Promise<Boolean> mine = Promise.promise();
            asking = mine;
            ask(mine); // may be answered before it returns
            return mine.future();
        }
        if (askingNext == null) {
            askingNext = Promise.promise();
        }
        return askingNext.future();
    }

    private void ask(Promise<Boolean> answered) {
        bus.ask(Routing.TABLES, known, DEADLINE)
                .onSuccess(this::take)
                .onFailure(cause -> log.debug("no routing tables: {}", cause.getMessage()))
                .map(true)
                .otherwise(false)
                .onSuccess(heard -> {
                    asking = askingNext;
                    askingNext = null;
                    if (asking != null) {
                        ask(asking);
                    }
                    answered.complete(heard);
                });
    }

    private void take(Routing.Tables news) {
        var next = new HashMap<>(news.full() ? Map.<String, RouteTable>of() : tables);
        var touched = new HashSet<>(news.removedGroups());
        if (news.full()) {
            touched.addAll(tables.keySet());
        }
        news.removedGroups().forEach(next::remove);
        for (var group : news.changed()) {
            var before = tables.get(group.groupId());
            if (!group.destinations().isEmpty()) {
                next.put(group.groupId(), before == null ? RouteTable.compile(group) : before.moved(group));
                touched.add(group.groupId());
            }
        }
        tables = Map.copyOf(next);
        known = new Since(news.generation(), news.version());
        changed.accept(touched);
    }
}
