package dev.skein.pipeline.vpl.ast;

import java.util.List;

/** One text: its declarations in written order, compile-time loops already expanded. */
public record Program(List<Declaration> declarations) {
    public Program {
        declarations = List.copyOf(declarations);
    }

    /** The declarations of one kind, in written order. */
    public <D extends Declaration> List<D> all(Class<D> kind) {
        return declarations.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
