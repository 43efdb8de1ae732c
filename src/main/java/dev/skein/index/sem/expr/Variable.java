package dev.skein.index.sem.expr;

import dev.skein.index.sem.type.JType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What has a name within a body or a head: a local variable, a parameter, a type parameter. */
public final class Variable {
    /** What it is. */
    public enum Kind {
        LOCAL,
        PARAMETER,
        TYPE_PARAMETER
    }

    private final Kind kind;
    private final String name;
    private final int start;
    private final Supplier<JType> typing;
    private @Nullable JType type;
    private boolean typed; // or being typed

    /**
     * @param start offset of its name
     * @param typing finds its type, when that is asked for
     */
    public Variable(Kind kind, String name, int start, Supplier<JType> typing) {
        this.kind = kind;
        this.name = name;
        this.start = start;
        this.typing = typing;
    }

    public Kind kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    public int start() {
        return start;
    }

    public int stop() {
        return start + name.length();
    }

    /** Unknown for one whose type depends on itself. */
    public JType type() {
        if (!typed) {
            typed = true;
            type = typing.get();
        }
        return type == null ? JType.UNKNOWN : type;
    }
}
