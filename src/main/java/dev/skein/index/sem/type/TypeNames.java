package dev.skein.index.sem.type;

import dev.skein.index.sem.type.JType.Kind;
import dev.skein.index.symbol.SymbolKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the names of types mean where they stand, by the order of the language: parameters of the method, members of the
 * types around it with what those inherit, the file, its imports, its package, imports on demand. Not thread-safe.
 */
public final class TypeNames {
    private static final int DEPTH_MAX = 30;

    private final World world;
    private final Map<TypeInfo, List<JType>> supertypes = new HashMap<>();
    private final Set<TypeInfo> open = new HashSet<>(); // whose headers are being read
    private final Set<String> doubtful = new HashSet<>(); // names of types that several files declare

    public TypeNames(World world) {
        this.world = world;
    }

    /** What a type as it is written is. */
    public JType resolve(String text, Site site) {
        return resolve(TypeText.of(text), site, 0);
    }

    private JType resolve(TypeText text, Site site, int depth) {
        if (text.names().isEmpty() || depth > DEPTH_MAX) {
            return JType.UNKNOWN;
        }
        var first = text.names().get(0);
        if (text.names().size() == 1 && JType.isPrimitive(first)) {
            return JType.primitive(first).array(text.dims());
        }
        var named = named(text.names(), site);
        var args =
                text.args().stream().map(arg -> resolve(arg, site, depth + 1)).toList();
        return (args.isEmpty() ? named : named.with(args)).array(text.dims());
    }

    /** The type that names with dots between are; outside when nobody here knows it. */
    public JType named(List<String> names, Site site) {
        var type = simple(names.get(0), site);
        if (type != null) {
            return nested(type, names, 1);
        }
        var qualified = qualified(names, names.size(), site.unit());
        return qualified != null ? qualified : JType.outside(String.join(".", names));
    }

    private JType nested(JType from, List<String> names, int index) {
        var type = from;
        for (int i = index; i < names.size(); i++) {
            var member = type.info() == null ? null : memberType(type.info(), names.get(i));
            if (member == null) {
                return JType.outside(String.join(".", names));
            }
            type = JType.of(member, List.of());
        }
        return type;
    }

    /** The type whose qualified name some of the first {@code count} names are, and the rest members of it. */
    public @Nullable JType qualified(List<String> names, int count, UnitInfo from) {
        JType found = null;
        for (int i = 1; i <= count; i++) { // all are asked for at once, the shortest wins
            var info = one(String.join(".", names.subList(0, i)), from);
            found = found == null && info != null
                    ? nested(JType.of(info, List.of()), names.subList(0, count), i)
                    : found;
        }
        return found;
    }

    /** The type that a simple name is, or null. */
    public @Nullable JType simple(String name, Site site) {
        for (var param : site.params()) {
            if (param.name().equals(name)) {
                return JType.of(param, site);
            }
        }
        for (var type = site.type(); type != null; type = type.outer()) {
            var found = within(type, name);
            if (found != null) {
                return found;
            }
        }
        var local = site.type() == null ? site.around().type(name) : null;
        return local != null ? local : inUnit(name, site.unit());
    }

    private @Nullable JType within(TypeInfo type, String name) {
        for (var param : type.params()) {
            if (param.name().equals(name)) {
                return JType.of(param, Site.of(type));
            }
        }
        var member = memberType(type, name);
        if (member != null) {
            return JType.of(member, List.of());
        }
        if (type.simpleName().equals(name)) {
            return JType.of(type, List.of());
        }
        return type.outer() == null ? type.around().type(name) : null;
    }

    private @Nullable JType inUnit(String name, UnitInfo unit) {
        var prefix = unit.packageName().isEmpty() ? "" : unit.packageName() + ".";
        var top = unit.types().get(prefix + name);
        if (top != null) {
            return JType.of(top, List.of());
        }
        var single = unit.imports().single(name);
        if (single != null) {
            var found = qualified(List.of(single.split("\\.")), single.split("\\.").length, unit);
            return found != null ? found : JType.outside(single);
        }
        var imported = staticType(name, unit.imports().statics(name), unit);
        if (imported != null) {
            return imported;
        }
        var near = one(prefix + name, unit);
        var far = onDemand(name, unit);
        return near != null ? JType.of(near, List.of()) : far;
    }

    private @Nullable JType staticType(String name, List<String> owners, UnitInfo unit) {
        for (var owner : owners) {
            var names = List.of(owner.split("\\."));
            var type = qualified(names, names.size(), unit);
            var member = type == null || type.info() == null ? null : memberType(type.info(), name);
            if (member != null) {
                return JType.of(member, List.of());
            }
        }
        return null;
    }

    private @Nullable JType onDemand(String name, UnitInfo unit) {
        var found = new LinkedHashSet<TypeInfo>();
        var packages = new ArrayList<>(unit.imports().onDemand());
        packages.add("java.lang");
        for (var each : packages) {
            var type = one(each + "." + name, unit);
            if (type != null) {
                found.add(type);
            }
        }
        if (found.size() > 1) {
            doubtful.add(found.iterator().next().name());
        }
        return found.isEmpty()
                ? staticType(name, unit.imports().staticsOnDemand(), unit)
                : JType.of(found.iterator().next(), List.of());
    }

    /** The type of a qualified name, of several the one nearest to the file. */
    public @Nullable TypeInfo one(String name, UnitInfo from) {
        var own = from.types().get(name);
        var all = own != null ? List.of(own) : world.find(name);
        if (all.size() <= 1) {
            return all.isEmpty() ? null : all.get(0);
        }
        var near = all.stream()
                .filter(type -> type.unit().shard().equals(from.shard()))
                .toList();
        if (near.size() != 1) {
            doubtful.add(name);
        }
        return near.isEmpty() ? all.get(0) : near.get(0);
    }

    /** Whether a type of that name was taken though another might be meant. */
    public boolean isDoubtful(String name) {
        return doubtful.contains(name);
    }

    /** The type of that name which a type declares or inherits. */
    public @Nullable TypeInfo memberType(TypeInfo type, String name) {
        return memberType(type, name, new HashSet<>());
    }

    private @Nullable TypeInfo memberType(TypeInfo type, String name, Set<TypeInfo> seen) {
        var own = type.nested().get(name);
        if (own != null || !seen.add(type)) {
            return own;
        }
        for (var above : supertypes(type)) {
            var found = above.info() == null ? null : memberType(above.info(), name, seen);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** What a type extends and implements, with that which is not written; empty while its header is being read. */
    public List<JType> supertypes(TypeInfo type) {
        var known = supertypes.get(type);
        if (known != null) {
            return known;
        }
        if (!open.add(type)) {
            return List.of();
        }
        var site = Site.header(type);
        var found = new ArrayList<JType>();
        for (var text : TypeText.supertypes(type.symbol().type())) {
            found.add(resolve(text, site, 0));
        }
        implicit(type, found);
        open.remove(type);
        supertypes.put(type, found);
        return found;
    }

    private void implicit(TypeInfo type, List<JType> to) {
        var name = switch (type.kind()) {
            case ENUM -> "java.lang.Enum";
            case RECORD -> "java.lang.Record";
            case ANNOTATION -> "java.lang.annotation.Annotation";
            default -> "java.lang.Object";
        };
        if (name.equals(type.name()) || (name.endsWith("Object") && hasClass(to))) {
            return;
        }
        var info = one(name, type.unit());
        if (info != null) {
            to.add(
                    type.kind() == SymbolKind.ENUM
                            ? JType.of(info, List.of(JType.of(type, List.of())))
                            : JType.of(info, List.of()));
        }
    }

    private static boolean hasClass(List<JType> types) {
        return types.stream()
                .anyMatch(type -> type.info() != null && type.info().kind() == SymbolKind.CLASS);
    }

    /** What a type parameter extends; {@code Object} where nothing is written. */
    public List<JType> bounds(JType variable) {
        var param = variable.variable();
        var site = variable.site();
        if (param == null || site == null) {
            return List.of();
        }
        var found = new ArrayList<JType>();
        for (var text : TypeText.bounds(param.bound())) {
            var bound = resolve(text, site, 0);
            if (bound.isKnown()) {
                found.add(bound);
            }
        }
        var object = found.isEmpty() ? one("java.lang.Object", site.unit()) : null;
        if (object != null) {
            found.add(JType.of(object, List.of()));
        }
        return found;
    }

    /** A type whose members may be looked up: a parameter's first bound for a parameter. */
    public JType erased(JType type) {
        var current = type;
        for (int i = 0; i < DEPTH_MAX && current.kind() == Kind.VARIABLE; i++) {
            var bounds = bounds(current);
            current = bounds.isEmpty() ? JType.UNKNOWN : bounds.get(0).array(current.dims());
        }
        return current;
    }
}
