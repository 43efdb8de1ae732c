package dev.skein.cli.noun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds the one thing that somebody means by an id, a name, or the beginning of an id. */
public record Names(String noun, List<JsonNode> items) {
    private static final int TYPING_ERRORS_MAX = 3;

    /** The thing meant: by its whole id, else by its name, else by the beginning of its id. */
    public JsonNode find(String word) {
        if (word.isBlank()) {
            throw Failure.usage("a %s must be named".formatted(noun))
                    .because("the name that was given is empty")
                    .advise("skein %s list".formatted(noun));
        }
        List<Predicate<JsonNode>> ways = List.of(
                item -> id(item).equals(word), item -> name(item).equals(word), item -> id(item).startsWith(word));
        for (var way : ways) {
            var found = items.stream().filter(way).toList();
            if (found.size() == 1) {
                return found.get(0);
            }
            if (found.size() > 1) {
                throw Failure.usage("\"%s\" means %d %ss".formatted(word, found.size(), noun))
                        .because("they are "
                                + String.join(
                                        ", ", found.stream().map(Names::id).toList()))
                        .advise("a longer part of the id");
            }
        }
        throw unknown(word);
    }

    private Failure unknown(String word) {
        var known = new ArrayList<String>();
        items.forEach(item -> known.add(name(item).isEmpty() ? id(item) : name(item)));
        return Failure.of(ExitCode.NOT_FOUND, "there is no %s %s".formatted(noun, word))
                .advise(Nearest.to(word, known, TYPING_ERRORS_MAX)
                        .map(near -> near + ", if that was meant")
                        .orElse("skein %s list".formatted(noun)));
    }

    private static String id(JsonNode item) {
        return item.path("id").asText();
    }

    private static String name(JsonNode item) {
        return item.path("name").asText();
    }
}
