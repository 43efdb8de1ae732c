package dev.skein.index.sem.type;

import dev.skein.index.sem.type.JType.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Members of types with what they inherit, and which type is below which. Not thread-safe. */
public final class Hierarchy {
    private static final int TYPES_MAX = 500;

    private final TypeNames names;

    public Hierarchy(TypeNames names) {
        this.names = names;
    }

    /**
     * A member as it is seen in a type.
     *
     * @param site the type that declares it, with its arguments
     */
    public record Seen(Member member, JType site) {}

    /** A type and all above it, the nearest first, with their arguments as seen from it. */
    public List<JType> lineage(JType type) {
        var found = new ArrayList<JType>();
        var start = type.kind() == Kind.VARIABLE ? names.bounds(type) : List.of(type);
        found.addAll(start);
        var seen = new HashSet<TypeInfo>();
        for (int i = 0; i < found.size() && found.size() < TYPES_MAX; i++) {
            var each = found.get(i).kind() == Kind.VARIABLE ? names.erased(found.get(i)) : found.get(i);
            var info = each.info();
            if (info == null || !seen.add(info)) {
                continue;
            }
            var arguments = arguments(each);
            names.supertypes(info).forEach(above -> found.add(above.substitute(arguments)));
        }
        return found;
    }

    /** Whether everything above a type is known, so that what is not found is not there. */
    public boolean isWhole(JType type) {
        return lineage(type).stream().noneMatch(each -> each.kind() == Kind.OUTSIDE || each.kind() == Kind.UNKNOWN);
    }

    /** What stands for the parameters of a class. */
    public static Map<TypeParam, JType> arguments(JType type) {
        var info = type.info();
        var map = new HashMap<TypeParam, JType>();
        if (info != null && info.params().size() == type.args().size()) {
            for (int i = 0; i < info.params().size(); i++) {
                if (type.args().get(i).isKnown()) {
                    map.put(info.params().get(i), type.args().get(i));
                }
            }
        }
        return map;
    }

    /** The field of that name, the nearest. */
    public Optional<Seen> field(JType type, String name) {
        for (var site : lineage(type)) {
            for (var member : members(site)) {
                if (!member.isMethod() && member.name().equals(name) && isVisible(member, type)) {
                    return Optional.of(new Seen(member, site));
                }
            }
        }
        return Optional.empty();
    }

    private static List<Member> members(JType type) {
        return type.info() == null ? List.of() : type.info().members();
    }

    private static boolean isVisible(Member member, JType from) {
        var info = from.info();
        return !member.isPrivate()
                || info == null
                || info.top() == member.owner().top();
    }

    /** Methods of that name that a type declares or inherits; none that is overridden by another of them. */
    public List<Seen> methods(JType type, String name) {
        var found = new ArrayList<Seen>();
        for (var site : lineage(type)) {
            for (var member : members(site)) {
                if (member.isMethod()
                        && !member.isConstructor()
                        && member.name().equals(name)
                        && isVisible(member, type)
                        && found.stream().noneMatch(other -> overrides(other.member, member))) {
                    found.add(new Seen(member, site));
                }
            }
        }
        return found;
    }

    /** By the names of its parameters' types, or where they are type parameters by their number. */
    public static boolean overrides(Member lower, Member upper) {
        if (lower.owner() == upper.owner() || !lower.name().equals(upper.name())) {
            return false;
        }
        var ours = lower.parameterTypes();
        var theirs = upper.parameterTypes();
        if (ours.size() != theirs.size()) {
            return false;
        }
        for (int i = 0; i < ours.size(); i++) {
            if (!isSame(simple(ours.get(i)), simple(theirs.get(i)), upper)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(String ours, String theirs, Member upper) {
        return ours.equals(theirs)
                || isParameter(theirs, upper.params())
                || isParameter(theirs, upper.owner().params());
    }

    private static boolean isParameter(String type, List<TypeParam> params) {
        return params.stream().anyMatch(param -> type.equals(param.name()) || type.equals(param.name() + "[]"));
    }

    private static String simple(String type) {
        int open = type.indexOf('<');
        var erased = open < 0 ? type : type.substring(0, open) + type.substring(type.lastIndexOf('>') + 1);
        return erased.substring(erased.lastIndexOf('.') + 1);
    }

    /** Constructors that a class declares. */
    public static List<Seen> constructors(JType type) {
        return members(type).stream()
                .filter(Member::isConstructor)
                .map(member -> new Seen(member, type))
                .toList();
    }

    /** The one method that a functional interface wants, or null. */
    public @Nullable Seen function(JType type) {
        var left = new ArrayList<Seen>();
        var bodies = new ArrayList<Seen>();
        for (var site : lineage(type)) {
            for (var member : members(site)) {
                if (!member.isMethod() || isOfObject(member)) {
                    continue;
                }
                (member.hasBody() ? bodies : left).add(new Seen(member, site));
            }
        }
        left.removeIf(each -> left.stream().anyMatch(other -> overrides(other.member, each.member))
                || bodies.stream().anyMatch(other -> overrides(other.member, each.member)));
        return left.size() == 1 ? left.get(0) : null;
    }

    private static boolean isOfObject(Member member) {
        return switch (member.name() + "/" + member.symbol().arity()) {
            case "equals/1", "hashCode/0", "toString/0", "getClass/0" -> true;
            default -> member.owner().name().equals("java.lang.Object");
        };
    }

    /** Whether one class is the other or below it; null when that is not known. */
    public @Nullable Boolean isBelow(JType lower, JType upper) {
        if (upper.name().equals("java.lang.Object") && upper.dims() == 0) {
            return true;
        }
        boolean unknown = false;
        for (var each : lineage(lower)) {
            if (each.isSame(upper)) {
                return true;
            }
            unknown |= each.kind() == Kind.OUTSIDE || each.kind() == Kind.UNKNOWN;
        }
        return unknown ? null : Boolean.FALSE;
    }

    /** The arguments with which a type is an instance of the class of that name, as that class; null when it is not. */
    public @Nullable JType as(JType type, String name) {
        return lineage(type).stream()
                .filter(each -> each.name().equals(name) && each.dims() == 0)
                .findFirst()
                .orElse(null);
    }
}
