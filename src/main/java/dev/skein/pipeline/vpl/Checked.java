package dev.skein.pipeline.vpl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the checker has to say about one text.
 *
 * @param diagnostics sorted by position, at most {@value #DIAGNOSTICS_MAX}
 * @param program null exactly when a diagnostic is an error
 */
public record Checked(
        List<Diagnostic> diagnostics, @Nullable CheckedProgram program) {
    public static final int DIAGNOSTICS_MAX = 50;

    public Checked {
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean valid() {
        return program != null;
    }
}
