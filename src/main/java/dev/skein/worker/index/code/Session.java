package dev.skein.worker.index.code;

import dev.skein.index.query.CodeParts.Card;
import dev.skein.index.sem.resolve.Resolver;
import dev.skein.index.sem.type.Imports;
import dev.skein.index.sem.type.UnitInfo;
import dev.skein.index.sem.type.World;
import dev.skein.index.sem.unit.Focus;
import dev.skein.index.sem.unit.ParsedUnit;
import dev.skein.index.sem.unit.UnitParser;
import dev.skein.index.symbol.SymbolTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one question knows. Used by one thread at a time. */
final class Session implements World.Source {
    private static final int UNITS_MAX = 2_000;

    private final List<HeldShard> held;
    private final World world;
    private final BooleanSupplier stopped;
    private final UnitParser parser;
    private final Map<String, Optional<UnitInfo>> units = new HashMap<>(); // by path
    private final Map<String, ParsedUnit> parsed = new HashMap<>();
    private @Nullable Resolver resolver;

    /**
     * @param alone whether no other worker has a shard of the workspace
     * @param stopped whether nobody waits any more
     */
    Session(List<HeldShard> held, World.Source platform, boolean alone, BooleanSupplier stopped) {
        this.held = held;
        this.world = new World(this, platform, alone);
        this.stopped = stopped;
        this.parser = new UnitParser(stopped);
    }

    World world() {
        return world;
    }

    List<HeldShard> held() {
        return held;
    }

    /** Begins anew with what the world knows now. */
    Resolver resolver() {
        if (resolver == null) {
            resolver = new Resolver(world);
        }
        return resolver;
    }

    /** Takes what others have said about those types. */
    void learn(Set<String> types, List<Card> cards) {
        var units = new ArrayList<UnitInfo>();
        for (var card : cards) {
            units.add(
                    UnitInfo.of(card.shard(), card.path(), new Imports(card.imports()), SymbolTable.of(card.table())));
        }
        world.learn(types, units);
        resolver = null;
    }

    /** Lets go of trees, and of much else when it is too much. */
    void next() {
        parsed.clear();
        if (units.size() > UNITS_MAX) {
            units.clear();
            world.learn(List.of(), List.of());
            resolver = null;
        }
    }

    /** Ends the question where nobody waits for it. */
    void check() {
        if (stopped.getAsBoolean()) {
            throw new CancellationException("nobody waits for it");
        }
    }

    Optional<HeldShard> shard(String root) {
        return held.stream().filter(shard -> shard.root().equals(root)).findFirst();
    }

    @Override
    public List<UnitInfo> declaring(String type) {
        var found = new ArrayList<UnitInfo>();
        var seen = new HashSet<String>();
        for (var shard : held) {
            for (var path : shard.code().declaring(type)) {
                if (seen.add(path)) {
                    unit(shard, path).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    Optional<UnitInfo> unit(HeldShard shard, String path) {
        return units.computeIfAbsent(
                path,
                key -> shard.symbols()
                        .table(path)
                        .map(table -> UnitInfo.of(
                                shard.root(), path, shard.code().facts(path).imports(), table)));
    }

    /**
     * A file as a tree; none where its text is missing.
     *
     * @param focus what the question is about in a text, always the same until trees are let go of
     */
    Optional<ParsedUnit> parsed(HeldShard shard, String path, Function<String, Focus> focus) {
        var before = parsed.get(path);
        if (before != null) {
            return Optional.of(before);
        }
        check();
        var made = shard.code().text(path).map(text -> parser.parse(path, text, focus.apply(text)));
        made.ifPresent(unit -> parsed.put(path, unit));
        return made;
    }
}
