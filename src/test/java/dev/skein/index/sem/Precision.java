package dev.skein.index.sem;

import dev.skein.index.sem.JavacMeanings.Use;
import dev.skein.index.sem.expr.Meaning;
import dev.skein.index.sem.resolve.Occurrence;
import dev.skein.index.sem.type.UnitInfo;
import dev.skein.index.symbol.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares meanings with javac's for some of the names of a world. */
public final class Precision {
    /** How many of one kind; {@code possible} are answers with the right one among several. */
    public static final class Row {
        public int asked;
        public int right;
        public int wrong;
        public int possible;

        public int answered() {
            return right + wrong;
        }
    }

    private final SourceWorld world;
    private final List<Use> uses;
    public final Map<String, Row> rows = new TreeMap<>();
    public final List<String> faults = new ArrayList<>();

    public Precision(Map<String, String> texts) {
        this.world = new SourceWorld(texts);
        this.uses = JavacMeanings.of(texts);
    }

    public int uses() {
        return uses.size();
    }

    /** Asks for the definition of {@code count} names, always the same for one seed. */
    public Precision definitions(int count, long seed) {
        var some = new ArrayList<>(uses);
        Collections.shuffle(some, new Random(seed));
        var byPath = new TreeMap<String, Map<Integer, Use>>();
        some.stream()
                .limit(count)
                .forEach(use -> byPath.computeIfAbsent(use.path(), key -> new HashMap<>())
                        .put(use.offset(), use));
        byPath.forEach(this::compare);
        return this;
    }

    private void compare(String path, Map<Integer, Use> wanted) {
        var found = world.resolver()
                .occurrences(world.parsed(path), world.unit(path), (name, start, stop) -> wanted.containsKey(start));
        var left = new HashMap<>(wanted);
        for (var occurrence : found) {
            var use = left.remove(occurrence.start());
            if (use != null) {
                judge(use, occurrence);
            }
        }
        left.values().forEach(use -> judge(use, null));
    }

    private void judge(Use use, @Nullable Occurrence found) {
        var row = rows.computeIfAbsent(use.kind(), key -> new Row());
        row.asked++;
        var places = found == null ? Set.<String>of() : places(use.path(), found.meaning());
        boolean right = places.contains(use.target() + ":" + use.targetOffset());
        if (found == null || places.isEmpty() || !isSure(found.meaning())) {
            row.possible += right ? 1 : 0;
            faults.add("unresolved " + use + " " + (found == null ? "not met" : found.meaning()));
        } else if (right) {
            row.right++;
        } else {
            row.wrong++;
            faults.add("wrong " + use + " " + places);
        }
    }

    static boolean isSure(Meaning meaning) {
        return meaning instanceof Meaning.Local
                || meaning instanceof Meaning.Members members && members.sure()
                || meaning instanceof Meaning.Type type && type.sure();
    }

    private Set<String> places(String path, Meaning meaning) {
        var places = new HashSet<String>();
        if (meaning instanceof Meaning.Local local) {
            places.add(path + ":" + local.variable().start());
        } else if (meaning instanceof Meaning.Members members) {
            members.members()
                    .forEach(member -> places.add(
                            place(member.owner().unit(), member.symbol().name())));
        } else if (meaning instanceof Meaning.Type type) {
            places.add(place(type.type().unit(), type.type().symbol().name()));
        }
        return places;
    }

    private String place(UnitInfo unit, Span span) {
        return unit.path() + ":" + world.parsed(unit.path()).offset(span.line(), span.column());
    }

    /** Looks for all uses of what {@code count} names mean; a row counts hits, {@code asked} what javac has. */
    public Precision references(int count, long seed) {
        var byTarget = new HashMap<String, Set<String>>();
        var names = new HashMap<String, Use>();
        for (var use : uses) {
            var target = use.target() + ":" + use.targetOffset();
            byTarget.computeIfAbsent(target, key -> new HashSet<>()).add(use.path() + ":" + use.offset());
            names.putIfAbsent(target, use);
        }
        var targets = new ArrayList<>(names.keySet());
        Collections.sort(targets);
        Collections.shuffle(targets, new Random(seed));
        var wanted = new HashSet<>(targets.subList(0, Math.min(count, targets.size())));
        var words = new HashSet<String>();
        wanted.forEach(target -> words.add(names.get(target).name()));
        wanted.forEach(
                target -> row(names.get(target)).asked += byTarget.get(target).size());
        for (var path : world.texts().keySet()) {
            for (var each : world.resolver()
                    .occurrences(world.parsed(path), world.unit(path), (name, start, stop) -> words.contains(name))) {
                hit(path, each, new Targets(wanted, byTarget, names));
            }
        }
        return this;
    }

    private Row row(Use use) {
        return rows.computeIfAbsent("uses of " + use.kind(), key -> new Row());
    }

    /** Declarations that are asked about, what javac has of all, and one use of each. */
    private record Targets(Set<String> wanted, Map<String, Set<String>> uses, Map<String, Use> names) {}

    private void hit(String path, Occurrence each, Targets targets) {
        if (each.declares() || isStaticImport(path, each.start())) {
            return;
        }
        for (var target : places(path, each.meaning())) {
            if (!targets.wanted.contains(target)) {
                continue;
            }
            var row = row(targets.names.get(target));
            boolean right = targets.uses.get(target).contains(path + ":" + each.start());
            if (!isSure(each.meaning())) {
                row.possible++;
            } else if (right) {
                row.right++;
            } else {
                row.wrong++;
                faults.add("wrong use " + path + ":" + each.start() + " of " + target + " " + each.name());
            }
        }
    }

    /** Of several members that it imports, javac shows one. */
    private boolean isStaticImport(String path, int offset) {
        var text = world.texts().get(path);
        return text.startsWith("import static", text.lastIndexOf('\n', offset) + 1);
    }

    /** A table by kind, and all together. */
    public String table() {
        var table = new StringBuilder(
                "| kind | asked | answered % | right of answered % | possible |\n|---|--:|--:|--:|--:|\n");
        rows.forEach((kind, row) -> table.append(line(kind, row)));
        return table.append(line("all", all())).toString();
    }

    public Row all() {
        var all = new Row();
        for (var row : rows.values()) {
            all.asked += row.asked;
            all.right += row.right;
            all.wrong += row.wrong;
            all.possible += row.possible;
        }
        return all;
    }

    private static String line(String kind, Row row) {
        return "| %s | %d | %.1f | %.1f | %d |\n"
                .formatted(
                        kind,
                        row.asked,
                        100.0 * row.answered() / Math.max(1, row.asked),
                        100.0 * row.right / Math.max(1, row.answered()),
                        row.possible);
    }
}
