package dev.skein.index.sem.expr;

import dev.skein.index.sem.type.JType;
import dev.skein.index.sem.type.Site;
import dev.skein.index.sem.type.TypeInfo;
import dev.skein.index.sem.type.TypeNames;
import dev.skein.index.sem.type.TypeParam;
import dev.skein.index.sem.type.UnitInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What names mean at a place: a chain of frames from the innermost outward. Never changes. */
public final class Scope implements TypeInfo.Names {
    private final @Nullable Scope outer;
    private final TypeNames names;
    private final UnitInfo unit;
    private final @Nullable Variable variable;
    private final @Nullable TypeInfo type;
    private final boolean body; // of the type; else only its name is known
    private final List<TypeParam> params;

    private Scope(Scope outer, @Nullable Variable variable, @Nullable TypeInfo type, boolean body) {
        this.outer = outer;
        this.names = outer.names;
        this.unit = outer.unit;
        this.variable = variable;
        this.type = type;
        this.body = body;
        this.params = List.of();
    }

    private Scope(@Nullable Scope outer, TypeNames names, UnitInfo unit, List<TypeParam> params) {
        this.outer = outer;
        this.names = names;
        this.unit = unit;
        this.variable = null;
        this.type = null;
        this.body = false;
        this.params = params;
    }

    /** At the top of a file. */
    public static Scope of(UnitInfo unit, TypeNames names) {
        return new Scope(null, names, unit, List.of());
    }

    public Scope with(Variable next) {
        return new Scope(this, next, null, false);
    }

    public Scope with(List<TypeParam> next) {
        return new Scope(this, names, unit, next);
    }

    /** After the declaration of a local type. */
    public Scope knowing(TypeInfo local) {
        return new Scope(this, null, local, false);
    }

    public Scope inBody(TypeInfo of) {
        return new Scope(this, null, of, true);
    }

    @Nullable
    public Scope outer() {
        return outer;
    }

    @Nullable
    public Variable variable() {
        return variable;
    }

    /** The type whose body this frame is, or null. */
    @Nullable
    public TypeInfo bodyOf() {
        return body ? type : null;
    }

    /** The innermost type around. */
    @Nullable
    public TypeInfo around() {
        for (var scope = this; scope != null; scope = scope.outer) {
            if (scope.body) {
                return scope.type;
            }
        }
        return null;
    }

    public UnitInfo unit() {
        return unit;
    }

    public Site site() {
        return new Site(unit, null, List.of(), this);
    }

    @Override
    public @Nullable JType type(String name) {
        for (var scope = this; scope != null; scope = scope.outer) {
            for (var param : scope.params) {
                if (param.name().equals(name)) {
                    return JType.of(param, scope.site());
                }
            }
            if (scope.type != null && scope.body) {
                return names.simple(name, Site.of(scope.type));
            }
            if (scope.type != null && scope.type.simpleName().equals(name)) {
                return JType.of(scope.type, List.of());
            }
        }
        return names.simple(name, new Site(unit, null, List.of(), TypeInfo.Names.NONE));
    }
}
