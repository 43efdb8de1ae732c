package dev.skein.pipeline.vpl;

import dev.skein.pipeline.vpl.Diagnostic.Severity;
import dev.skein.pipeline.vpl.ast.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with one text; holds the first {@value Checked#DIAGNOSTICS_MAX} of each severity and counts a
 * code once per position, because the copies of a compile-time loop would repeat it.
 */
public final class Diagnostics {
    private static final Comparator<Diagnostic> ORDER = Comparator.comparingInt(Diagnostic::line)
            .thenComparingInt(Diagnostic::column)
            .thenComparing(Diagnostic::code);

    private final TreeSet<Diagnostic> errors = new TreeSet<>(ORDER);
    private final TreeSet<Diagnostic> warnings = new TreeSet<>(ORDER);

    public void error(String code, Position at, String message) {
        error(code, at, message, null);
    }

    public void error(String code, Position at, String message, @Nullable String hint) {
        add(errors, new Diagnostic(Severity.ERROR, code, at.line(), at.column(), message, hint));
    }

    public void warning(String code, Position at, String message) {
        warning(code, at, message, null);
    }

    public void warning(String code, Position at, String message, @Nullable String hint) {
        add(warnings, new Diagnostic(Severity.WARNING, code, at.line(), at.column(), message, hint));
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** Sorted by position; errors keep their place when there are more than fit. */
    public List<Diagnostic> sorted() {
        var all = new ArrayList<>(errors);
        warnings.stream().limit(Checked.DIAGNOSTICS_MAX - all.size()).forEach(all::add);
        all.sort(ORDER);
        return List.copyOf(all);
    }

    private static void add(TreeSet<Diagnostic> some, Diagnostic diagnostic) {
        some.add(diagnostic);
        if (some.size() > Checked.DIAGNOSTICS_MAX) {
            some.pollLast();
        }
    }
}
