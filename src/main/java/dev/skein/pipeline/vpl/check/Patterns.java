package dev.skein.pipeline.vpl.check;

import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Declaration.PatternTerm;
import dev.skein.pipeline.vpl.names.Symbols;

/** Says what is wrong with named patterns beyond their being of a later tier. */
final class Patterns {
    private final Symbols symbols;
    private final Kinds kinds;

    Patterns(Symbols symbols, Kinds kinds) {
        this.symbols = symbols;
        this.kinds = kinds;
    }

    void check(Declaration.Pattern pattern) {
        if (pattern.within() != null) {
            kinds.duration(pattern.within());
        } else {
            var message = "a pattern without `within` never forgets a run";
            symbols.diagnostics.warning("W021", pattern.at(), message, "add `within 10s`");
        }
        if (pattern.term() instanceof PatternTerm.Sequence sequence) {
            sequence(sequence, pattern.within() != null);
        }
    }

    private void sequence(PatternTerm.Sequence sequence, boolean hasEnd) {
        var first = sequence.steps().get(0);
        var last = sequence.steps().get(sequence.steps().size() - 1);
        if (first.negated()) {
            var hint = "begin with the event that starts a run";
            symbols.diagnostics.error("E023", first.at(), "`NOT` as the first step", hint);
        } else if (last.negated() && !hasEnd) {
            var hint = "add `within 10s`: absence shows at a deadline";
            symbols.diagnostics.error("E022", last.at(), "`NOT` as the last step needs `within`", hint);
        }
    }
}
