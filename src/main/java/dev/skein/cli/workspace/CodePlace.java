package dev.skein.cli.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.terminal.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A place in a file as people write it: lines and columns count from 1. */
record CodePlace(String path, int line, int column) {
    private static final Pattern FORM = Pattern.compile("(.+?):(\\d{1,7})(?::(\\d{1,7}))?");

    static CodePlace of(String text) {
        var match = FORM.matcher(text);
        if (!match.matches() || match.group(2).matches("0+") || "0".equals(match.group(3))) {
            throw Failure.usage("a place is FILE:LINE:COLUMN, both from 1, got " + text)
                    .advise("src/main/java/app/Main.java:12:9");
        }
        var column = match.group(3);
        return new CodePlace(
                match.group(1), Integer.parseInt(match.group(2)), column == null ? 1 : Integer.parseInt(column));
    }

    /** The same place in a file as it is called elsewhere. */
    CodePlace in(String file) {
        return new CodePlace(file, line, column);
    }

    /** What the server says to a question about the place; what it is made of is told. */
    JsonNode ask(Api api, Shell shell, String question) {
        var answer = api.get("%s&path=%s&line=%d&column=%d".formatted(question, Api.part(path), line - 1, column - 1));
        Coverage.tell(shell, answer);
        if (answer.path("certainty").asText().equals("unresolved")) {
            var name = answer.path("name").asText();
            shell.terminal()
                    .say("note: %s is unresolved (%s)"
                            .formatted(
                                    name.isEmpty() ? "what stands there" : name,
                                    answer.path("reason").asText()));
        }
        return answer;
    }

    /** Places of an answer, each with what people write for it. */
    static List<JsonNode> rows(JsonNode places) {
        return rows(places, "at");
    }

    /** @param at field of the position */
    static List<JsonNode> rows(JsonNode places, String at) {
        var rows = new ArrayList<JsonNode>();
        for (var place : places) {
            if (place instanceof ObjectNode row) {
                int line = place.path(at).path("line").asInt() + 1;
                int column = place.path(at).path("column").asInt() + 1;
                row.put("place", "%s:%d:%d".formatted(place.path("path").asText(), line, column));
            }
            rows.add(place);
        }
        return rows;
    }
}
