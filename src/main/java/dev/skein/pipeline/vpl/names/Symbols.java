package dev.skein.pipeline.vpl.names;

import dev.skein.pipeline.vpl.Diagnostics;
import dev.skein.pipeline.vpl.Spelling;
import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Let;
import dev.skein.pipeline.vpl.syntax.Parser.Parsed;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The declared names of one program, each kind on its own, and where to report. */
public final class Symbols {
    public final Map<String, Declaration.Event> events;
    public final Map<String, Declaration.Stream> streams;
    public final Map<String, Declaration.Function> functions;
    public final Map<String, Declaration.Connector> connectors;
    public final Map<String, Declaration.Context> contexts;
    public final Map<String, Declaration.Pattern> patterns;
    public final Map<String, Declaration.TypeAlias> types;
    public final Map<String, Let> lets;
    public final Diagnostics diagnostics;
    private final Parsed parsed;
    private final Spelling spelling = new Spelling();

    public Symbols(Parsed parsed, Diagnostics diagnostics) {
        this.parsed = parsed;
        this.diagnostics = diagnostics;
        events = table(Declaration.Event.class, "E001", "event");
        streams = table(Declaration.Stream.class, "E002", "stream");
        functions = table(Declaration.Function.class, "E003", "function");
        connectors = table(Declaration.Connector.class, "E004", "connector");
        contexts = table(Declaration.Context.class, "E005", "context");
        patterns = table(Declaration.Pattern.class, "E006", "pattern");
        types = table(Declaration.TypeAlias.class, "E007", "type");
        lets = table(Let.class, "E000", "top-level name");
    }

    private <D extends Declaration> Map<String, D> table(Class<D> kind, String code, String what) {
        var table = new LinkedHashMap<String, D>();
        for (var declaration : parsed.program().all(kind)) {
            var first = table.putIfAbsent(declaration.name(), declaration);
            if (first != null) {
                var message = what + " `" + declaration.name() + "` is declared twice";
                var hint = "the first is on line " + first.id().at().line();
                diagnostics.error(code, declaration.id().at(), message, hint);
            }
        }
        return table;
    }

    /** Whether a declaration of that name is there but could not be parsed; its uses are no further error. */
    public boolean isBroken(String name) {
        return parsed.broken().contains(name);
    }

    public void error(String code, Id id, String message) {
        diagnostics.error(code, id.at(), message);
    }

    public void later(Id construct, String what) {
        diagnostics.error("E090", construct.at(), what + " is not implemented yet");
    }

    public @Nullable String hint(String name, Collection<String> known) {
        return spelling.hint(name, known);
    }

    /** A near name, or else what to write. */
    public String hint(String name, Collection<String> known, String otherwise) {
        var near = hint(name, known);
        return near == null ? otherwise : near;
    }
}
