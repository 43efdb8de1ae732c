package dev.skein.index.sem.resolve;

import dev.skein.index.sem.expr.Typer;
import dev.skein.index.sem.type.Hierarchy;
import dev.skein.index.sem.type.TypeNames;
import dev.skein.index.sem.type.UnitInfo;
import dev.skein.index.sem.type.World;
import dev.skein.index.sem.unit.ParsedUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds what names of files mean, as one world knows it. Not thread-safe; of no use once the world has learned. */
public final class Resolver {
    private final TypeNames names;
    private final Hierarchy hierarchy;

    public Resolver(World world) {
        this.names = new TypeNames(world);
        this.hierarchy = new Hierarchy(names);
    }

    public TypeNames names() {
        return names;
    }

    public Hierarchy hierarchy() {
        return hierarchy;
    }

    /** The names of a file that are wanted, in their order, each once. */
    public List<Occurrence> occurrences(ParsedUnit file, UnitInfo unit, Occurrence.Wanted wanted) {
        var found = new TreeMap<Integer, Occurrence>();
        var typer = new Typer(names, hierarchy);
        typer.calls.inference().near(unit);
        var walker = new Walker(file, unit, typer, wanted, each -> found.putIfAbsent(each.start(), each));
        try {
            file.tree().traverse(walker, file.tree().scope, false);
        } catch (StackOverflowError e) {
            // nested deeper than a person writes: what was met before counts
        }
        return new ArrayList<>(found.values());
    }

    /** The name at an offset, or right before it; null when there is none. */
    public @Nullable Occurrence at(ParsedUnit file, UnitInfo unit, int offset) {
        return occurrences(file, unit, (name, start, stop) -> start <= offset && offset <= stop).stream()
                .max(Comparator.comparingInt(Occurrence::start))
                .orElse(null);
    }
}
