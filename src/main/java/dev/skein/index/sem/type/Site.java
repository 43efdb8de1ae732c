package dev.skein.index.sem.type;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a type's name stands: in the body of a type, among the type parameters of a method.
 *
 * @param type the innermost around it, null at the top of a file
 * @param params of the method, or of the type whose header it is in
 */
public record Site(UnitInfo unit, @Nullable TypeInfo type, List<TypeParam> params, TypeInfo.Names around) {
    public Site {
        params = List.copyOf(params);
    }

    /** In the body of a type. */
    public static Site of(TypeInfo type) {
        return new Site(type.unit(), type, List.of(), type.around());
    }

    /** In the head of a method, or the type of a field. */
    public static Site of(Member member) {
        return new Site(
                member.owner().unit(),
                member.owner(),
                member.params(),
                member.owner().around());
    }

    /** In what a type extends. */
    public static Site header(TypeInfo type) {
        return new Site(type.unit(), type.outer(), type.params(), type.around());
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
