package dev.skein.lsp;

import dev.skein.kernel.Problem;
import java.util.List;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/** What is told to the editor without being asked. Thread safe. */
final class Editor {
    private volatile @Nullable LanguageClient client;

    void connect(LanguageClient other) {
        client = other;
    }

    /** In front of the person. */
    void warn(String text) {
        var told = client;
        if (told != null) {
            told.showMessage(new MessageParams(MessageType.Warning, "Skein: " + text));
        }
    }

    /** In the editor's log. */
    void log(String text) {
        var told = client;
        if (told != null) {
            told.logMessage(new MessageParams(MessageType.Log, text));
        }
    }

    /** @param version of the text that has them; null for none that is open */
    void faults(String uri, @Nullable Integer version, List<Diagnostic> faults) {
        var told = client;
        if (told != null) {
            told.publishDiagnostics(new PublishDiagnosticsParams(uri, faults, version));
        }
    }

    /** What a failure says to people. */
    static String reason(Throwable failure) {
        var problem = Problem.in(failure);
        return String.valueOf(problem == null ? failure.getMessage() : problem.getMessage());
    }
}
