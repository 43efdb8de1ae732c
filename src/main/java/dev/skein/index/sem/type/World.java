package dev.skein.index.sem.type;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All types of a workspace as one question sees them. A type that nobody here knows is taken for absent and noted: when
 * anything was noted, what was found does not count, and the question begins again once the others have been asked.
 * Not thread-safe.
 */
public final class World {
    private static final int PENDING_MAX = 20_000;

    private final Source here;
    private final Source platform;
    private final boolean alone;
    private final Map<String, List<TypeInfo>> types = new HashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Map<String, List<UnitInfo>> heard = new HashMap<>(); // by type, from elsewhere

    /** What files declare a type, asked by its qualified name. */
    public interface Source {
        List<UnitInfo> declaring(String type);
    }

    /**
     * @param platform types that are there when no file has them
     * @param alone whether there is nobody else to be asked
     */
    public World(Source here, Source platform, boolean alone) {
        this.here = here;
        this.platform = platform;
        this.alone = alone;
    }

    /** Every type of that name; those of the running Java only where no file has one. */
    public List<TypeInfo> find(String name) {
        var known = types.get(name);
        if (known != null) {
            return known;
        }
        var found = new ArrayList<TypeInfo>();
        for (var unit : here.declaring(name)) {
            add(unit, name, found);
        }
        var others = heard.get(name);
        if (others != null) {
            others.forEach(unit -> add(unit, name, found));
        } else if (!alone && asked.size() < PENDING_MAX) {
            asked.add(name);
        }
        if (found.isEmpty()) {
            platform.declaring(name).forEach(unit -> add(unit, name, found));
        }
        types.put(name, found);
        return found;
    }

    private static void add(UnitInfo unit, String name, List<TypeInfo> to) {
        var type = unit.types().get(name);
        if (type != null) {
            to.add(type);
        }
    }

    /** Whether something was asked for that others may know. */
    public boolean isPending() {
        return !asked.isEmpty();
    }

    /** Types that others are to be asked for. */
    public Set<String> pending() {
        return Set.copyOf(asked);
    }

    /** Takes what all others said about those names. */
    public void learn(Collection<String> names, List<UnitInfo> units) {
        names.forEach(name -> heard.putIfAbsent(name, new ArrayList<>()));
        for (var unit : units) {
            unit.types()
                    .keySet()
                    .forEach(name -> heard.computeIfAbsent(name, key -> new ArrayList<>())
                            .add(unit));
        }
        asked.clear();
        types.clear();
    }
}
