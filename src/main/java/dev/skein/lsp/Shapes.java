package dev.skein.lsp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.lsp.Folders.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.SymbolTag;
import org.eclipse.lsp4j.TypeHierarchyItem;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;

/** The index's answers in the words of the protocol. */
final class Shapes {
    private static final Map<String, SymbolKind> KINDS = Map.ofEntries(
            Map.entry("class", SymbolKind.Class),
            Map.entry("record", SymbolKind.Struct),
            Map.entry("interface", SymbolKind.Interface),
            Map.entry("annotation", SymbolKind.Interface),
            Map.entry("enum", SymbolKind.Enum),
            Map.entry("method", SymbolKind.Method),
            Map.entry("annotation_element", SymbolKind.Method),
            Map.entry("constructor", SymbolKind.Constructor),
            Map.entry("field", SymbolKind.Field),
            Map.entry("record_component", SymbolKind.Property),
            Map.entry("enum_constant", SymbolKind.EnumMember),
            Map.entry("package", SymbolKind.Package),
            Map.entry("module", SymbolKind.Module),
            Map.entry("type_parameter", SymbolKind.TypeParameter));

    private static final Set<SymbolKind> HOLDERS =
            Set.of(SymbolKind.Class, SymbolKind.Struct, SymbolKind.Interface, SymbolKind.Enum, SymbolKind.EnumMember);

    private Shapes() {}

    static Range range(JsonNode span) {
        var start = new Position(span.path("line").asInt(), span.path("column").asInt());
        int endLine = span.path("end_line").asInt(start.getLine());
        return new Range(start, new Position(endLine, span.path("end_column").asInt(start.getCharacter())));
    }

    static SymbolKind kind(JsonNode symbol) {
        return KINDS.getOrDefault(symbol.path("kind").asText(), SymbolKind.Object);
    }

    static Location nameAt(Folder folder, JsonNode symbol) {
        return new Location(folder.uri(symbol.path("path").asText()), range(symbol.path("name_at")));
    }

    static WorkspaceSymbol workspaceSymbol(Folder folder, JsonNode symbol) {
        var shown = new WorkspaceSymbol(
                label(symbol),
                kind(symbol),
                Either.forLeft(nameAt(folder, symbol)),
                symbol.path("container").asText());
        shown.setTags(tags(symbol));
        return shown;
    }

    /** As a tree: what lies within the range of something before it is below that. */
    static List<DocumentSymbol> outline(JsonNode symbols) {
        var top = new ArrayList<DocumentSymbol>();
        var open = new ArrayList<DocumentSymbol>();
        for (var symbol : symbols) {
            var shown = documentSymbol(symbol);
            while (!open.isEmpty() && !holds(open.get(open.size() - 1).getRange(), shown.getRange())) {
                open.remove(open.size() - 1);
            }
            (open.isEmpty() ? top : open.get(open.size() - 1).getChildren()).add(shown);
            if (HOLDERS.contains(shown.getKind())) {
                open.add(shown);
            }
        }
        return top;
    }

    static List<Location> places(Folder folder, JsonNode answer) {
        var places = new ArrayList<Location>();
        for (var each : answer.path("places")) {
            places.add(new Location(folder.uri(each.path("path").asText()), range(each.path("at"))));
        }
        return places;
    }

    /** Null for a name that is not resolved. */
    static @Nullable Hover hover(JsonNode answer) {
        var declaration = answer.path("declaration").asText();
        if (declaration.isEmpty()) {
            return null;
        }
        var text = "```java\n" + declaration + "\n```\n\n"
                + answer.path("documentation").asText();
        return new Hover(new MarkupContent(MarkupKind.MARKDOWN, text.strip()), range(answer.path("at")));
    }

    static List<TypeHierarchyItem> types(Folder folder, JsonNode places) {
        var items = new ArrayList<TypeHierarchyItem>();
        for (var place : places) {
            var name = place.path("qualified_name").asText();
            int dot = name.lastIndexOf('.');
            items.add(new TypeHierarchyItem(
                    name.substring(dot + 1),
                    kind(place),
                    folder.uri(place.path("path").asText()),
                    range(place.path("range")),
                    range(place.path("at")),
                    name.substring(0, Math.max(0, dot))));
        }
        return items;
    }

    static List<Diagnostic> diagnostics(JsonNode answer) {
        var faults = new ArrayList<Diagnostic>();
        answer.path("diagnostics").forEach(each -> faults.add(diagnostic(each)));
        return faults;
    }

    private static Diagnostic diagnostic(JsonNode fault) {
        var shown =
                new Diagnostic(range(fault.path("at")), fault.path("message").asText());
        shown.setSeverity(
                fault.path("severity").asText().equals("warning")
                        ? DiagnosticSeverity.Warning
                        : DiagnosticSeverity.Error);
        shown.setSource("skein");
        return shown;
    }

    private static DocumentSymbol documentSymbol(JsonNode symbol) {
        var shown = new DocumentSymbol(
                label(symbol),
                kind(symbol),
                range(symbol.path("range")),
                range(symbol.path("name_at")),
                symbol.path("type").asText(),
                new ArrayList<>());
        shown.setTags(tags(symbol));
        return shown;
    }

    private static boolean holds(Range outer, Range inner) {
        return !isBefore(inner.getStart(), outer.getStart()) && !isBefore(outer.getEnd(), inner.getEnd());
    }

    private static boolean isBefore(Position one, Position other) {
        return one.getLine() < other.getLine()
                || one.getLine() == other.getLine() && one.getCharacter() < other.getCharacter();
    }

    private static String label(JsonNode symbol) {
        return symbol.path("name").asText() + symbol.path("parameters").asText();
    }

    private static @Nullable List<SymbolTag> tags(JsonNode symbol) {
        return symbol.path("deprecated").asBoolean() ? List.of(SymbolTag.Deprecated) : null;
    }
}
