package dev.skein.cli.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.noun.ListCommand;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Questions about the name at a place. */
public final class CodeCommands {
    private static final int SHOWN_MAX = 10_000;
    private static final String PLACE = "a name in a file, lines and columns from 1";

    private static final Kind PLACES = new Kind(
            "places",
            "place",
            List.of(
                    Column.of("PLACE", "place", Column.Form.TEXT),
                    Column.of("CERTAINTY", "certainty", Column.Form.TEXT),
                    Column.of("TEXT", "line", Column.Form.TEXT),
                    Column.wide("IN", "qualified_name", Column.Form.TEXT)));
    private static final Kind TYPES = new Kind(
            "types",
            "place",
            List.of(
                    Column.of("RELATION", "relation", Column.Form.TEXT),
                    Column.of("NAME", "qualified_name", Column.Form.TEXT),
                    Column.of("KIND", "kind", Column.Form.TEXT),
                    Column.of("PLACE", "place", Column.Form.TEXT)));
    private static final Kind HEADS = new Kind(
            "hovers",
            "head",
            List.of(
                    Column.of("DECLARATION", "head", Column.Form.TEXT),
                    Column.of("SUMMARY", "summary", Column.Form.TEXT)));
    private static final Kind ERRORS = new Kind(
            "errors",
            "place",
            List.of(Column.of("PLACE", "place", Column.Form.TEXT), Column.of("MESSAGE", "message", Column.Form.TEXT)));

    private CodeCommands() {}

    /** One question about one place. */
    public abstract static class AtPlace extends ListCommand {
        @Parameters(paramLabel = "FILE:LINE:COLUMN", description = PLACE)
        String place = "";

        @Mixin
        SymbolCommand.In in = new SymbolCommand.In();

        private final String question;

        AtPlace(Shell shell, Kind kind, String question) {
            super(shell, kind);
            this.question = question;
        }

        JsonNode answer(Api api) {
            int limit = list.limit == 0 || list.filter != null ? SHOWN_MAX : Math.min(SHOWN_MAX, list.limit + 1);
            var at = CodePlace.of(place);
            return at.in(in.file(api, at.path()))
                    .ask(api, shell, "%s/%s?limit=%d".formatted(in.path(api), question, limit));
        }

        @Override
        protected List<JsonNode> all(Api api) {
            return CodePlace.rows(answer(api).path("places"));
        }
    }

    /** Where it is declared. */
    @Command(
            name = "def",
            description = "Show where the name at a place is declared.",
            footer = {
                "skein symbol def src/main/java/app/Main.java:12:9",
                "skein symbol def src/main/java/app/Main.java:12:9 --workspace app -o json"
            })
    public static final class Definition extends AtPlace {
        public Definition(Shell shell) {
            super(shell, PLACES, "definition");
        }
    }

    /** Who refers to it. */
    @Command(
            name = "refs",
            description = {
                "Show who refers to what the name at a place means.",
                "Resolved are those that surely do, possible those that may."
            },
            footer = {
                "skein symbol refs src/main/java/app/Main.java:12:9",
                "skein symbol refs src/main/java/app/Main.java:12:9 --filter certainty=resolved"
            })
    public static final class References extends AtPlace {
        public References(Shell shell) {
            super(shell, PLACES, "references");
        }
    }

    /** What is below it. */
    @Command(
            name = "implementations",
            description = "Show the types below a type, or the methods that override a method.",
            footer = {
                "skein symbol implementations src/main/java/app/Shape.java:3:18",
                "skein symbol implementations src/main/java/app/Shape.java:5:12 -o wide"
            })
    public static final class Implementations extends AtPlace {
        public Implementations(Shell shell) {
            super(shell, PLACES, "implementations");
        }
    }

    /** What is above and below it. */
    @Command(
            name = "hierarchy",
            description = "Show the types above and below the one at a place.",
            footer = {
                "skein symbol hierarchy src/main/java/app/Shape.java:3:18",
                "skein symbol hierarchy src/main/java/app/Shape.java:3:18 --filter relation=below"
            })
    public static final class Hierarchy extends AtPlace {
        public Hierarchy(Shell shell) {
            super(shell, TYPES, "type-hierarchy");
        }

        @Override
        protected List<JsonNode> all(Api api) {
            var answer = answer(api);
            var rows = new ArrayList<>(related(answer.path("supertypes"), "above"));
            rows.addAll(related(answer.path("places"), "itself"));
            rows.addAll(related(answer.path("subtypes"), "below"));
            return rows;
        }

        private static List<JsonNode> related(JsonNode types, String relation) {
            var rows = CodePlace.rows(types);
            rows.forEach(row -> ((ObjectNode) row).put("relation", relation));
            return rows;
        }
    }

    /** What it is. */
    @Command(
            name = "hover",
            description = "Show the declaration and the documentation of the name at a place.",
            footer = {
                "skein symbol hover src/main/java/app/Main.java:12:9",
                "skein symbol hover src/main/java/app/Main.java:12:9 -o json --fields declaration,documentation"
            })
    public static final class Hover extends AtPlace {
        public Hover(Shell shell) {
            super(shell, HEADS, "hover");
        }

        @Override
        protected List<JsonNode> all(Api api) {
            if (!(answer(api) instanceof ObjectNode answer)
                    || answer.path("declaration").asText().isEmpty()) {
                return List.of();
            }
            answer.put("head", answer.path("declaration").asText().replaceAll("\\s+", " "));
            answer.put(
                    "summary",
                    answer.path("documentation")
                            .asText()
                            .replaceAll("(?s)\\R\\s*\\R.*|\\R@.*", "")
                            .replaceAll("\\s+", " "));
            return List.of(answer);
        }
    }

    /** What is wrong with a file. */
    @Command(
            name = "errors",
            description = "Show where a file cannot be read as Java.",
            footer = {
                "skein symbol errors src/main/java/app/Main.java",
                "skein symbol errors src/main/java/app/Main.java --watch"
            })
    public static final class Errors extends ListCommand {
        @Parameters(paramLabel = "FILE", description = "path below the workspace's root")
        String file = "";

        @Mixin
        SymbolCommand.In in = new SymbolCommand.In();

        public Errors(Shell shell) {
            super(shell, ERRORS);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            var answer = api.get(in.path(api) + "/diagnostics?path=" + Api.part(in.file(api, file)));
            Coverage.tell(shell, answer);
            var rows = CodePlace.rows(answer.path("diagnostics"));
            rows.forEach(row ->
                    ((ObjectNode) row).put("place", file + row.path("place").asText()));
            return rows;
        }
    }
}
