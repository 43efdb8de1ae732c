package dev.skein.index.sem.expr;

import dev.skein.index.sem.type.Member;
import dev.skein.index.sem.type.TypeInfo;
import java.util.List;

/** What a name refers to. */
public sealed interface Meaning {
    /** A variable, a parameter or a type parameter, by the place of its name in the file. */
    record Local(Variable variable) implements Meaning {}

    /**
     * A field or method, or those among which it could not be decided.
     *
     * @param sure whether it can be no other
     */
    record Members(List<Member> members, boolean sure) implements Meaning {
        public Members {
            members = List.copyOf(members);
        }
    }

    record Type(TypeInfo type, boolean sure) implements Meaning {}

    /**
     * Nothing that is known.
     *
     * @param reason a symbolic code: {@code outside} for what no file of the workspace declares, {@code implicit} for
     *     what the language adds, {@code receiver} where the type before the dot is not known, {@code name} where no
     *     declaration has it, {@code package}
     */
    record Unknown(String reason) implements Meaning {}
}
