package dev.skein.review.engine.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.skein.kernel.Problem;
import dev.skein.review.Proposal;
import dev.skein.review.Region;
import dev.skein.review.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what a model answered, first to the letter and, when nothing else helps, as it was probably meant. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader WHOLE = JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Set<String> VERDICTS = Set.of("confirmed", "refuted", "unsure");
    private static final int FINDINGS_MAX = 200;
    private static final int TEXT_MAX = 4_000;
    private static final int RULE_MAX = 80;
    private static final int STARTS_MAX = 50;
    private static final double NOT_SAID = 0.5;

    private Answers() {}

    /**
     * The findings of an answer that holds to the schema.
     *
     * @throws IllegalArgumentException with what is wrong, in words for the model
     */
    static List<Proposal> strict(String path, String answer) {
        var found = findings(whole(answer));
        var proposals = new ArrayList<Proposal>();
        for (int i = 0; i < found.size(); i++) {
            var at = "findings[" + i + "]";
            for (var key : List.of("startLine", "endLine")) {
                require(found.get(i).path(key).isInt(), at + "." + key + " must be a whole number");
            }
            require(found.get(i).path("confidence").isNumber(), at + ".confidence must be a number");
            require(found.get(i).has("suggestion"), at + ".suggestion must be there, null without one");
            proposals.add(proposal(path, found.get(i), at));
        }
        return proposals;
    }

    /**
     * The findings in the first JSON value of an answer that can be a list of some, without those that cannot be read.
     *
     * @throws IllegalArgumentException when there is no such value, or nothing in it can be read
     */
    static List<Proposal> tolerant(String path, String answer) {
        var found = findings(first(answer, Answers::mayBeFindings));
        var proposals = new ArrayList<Proposal>();
        for (var each : found) {
            try {
                proposals.add(proposal(path, each, "a finding"));
            } catch (IllegalArgumentException unreadable) {
                continue; // the others may still be good
            }
        }
        require(!proposals.isEmpty() || found.isEmpty(), "none of the findings can be read");
        return proposals;
    }

    /** The verdict in an answer, {@code unsure} when there is none. */
    static String verdict(String answer) {
        try {
            var verdict = first(answer, JsonNode::isContainerNode)
                    .path("verdict")
                    .asText("")
                    .toLowerCase(Locale.ROOT);
            return VERDICTS.contains(verdict) ? verdict : "unsure";
        } catch (IllegalArgumentException none) {
            return "unsure";
        }
    }

    private static JsonNode whole(String answer) {
        try {
            return WHOLE.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not one JSON value: " + e.getOriginalMessage(), e);
        }
    }

    /** Not a pair of brackets in a sentence about code, which would say that nothing was found. */
    private static boolean mayBeFindings(JsonNode value) {
        return value.isArray()
                ? value.path(0).isObject()
                : value.path("findings").isArray();
    }

    /** The first value that is meant; a few beginnings are tried. */
    private static JsonNode first(String answer, Predicate<JsonNode> isMeant) {
        int at = -1;
        for (int tries = 0; tries < STARTS_MAX; tries++) {
            at = start(answer, at + 1);
            if (at < 0) {
                break;
            }
            try (var parser = JSON.createParser(answer.substring(at))) {
                JsonNode tree = JSON.readTree(parser);
                if (tree != null && isMeant.test(tree)) {
                    return tree;
                }
            } catch (IOException notHere) {
                continue;
            }
        }
        throw new IllegalArgumentException("there is nothing of that kind in it");
    }

    private static int start(String answer, int from) {
        int object = answer.indexOf('{', from);
        int list = answer.indexOf('[', from);
        return object < 0 || list < 0 ? Math.max(object, list) : Math.min(object, list);
    }

    private static List<JsonNode> findings(JsonNode tree) {
        var list = tree.isArray() ? tree : tree.isObject() ? tree.path("findings") : MissingNode.getInstance();
        require(list.isArray(), "it must be an object with a list called findings");
        require(list.size() <= FINDINGS_MAX, "findings must be " + FINDINGS_MAX + " at most");
        var found = new ArrayList<JsonNode>();
        list.forEach(found::add);
        return found;
    }

    private static Proposal proposal(String path, JsonNode finding, String at) {
        require(finding.isObject(), at + " must be an object");
        var quote = text(finding, "quote", at);
        var message = text(finding, "message", at);
        int start = Math.max(1, finding.path("startLine").asInt(1));
        int end = Math.max(start, finding.path("endLine").asInt(start));
        var suggestion = finding.path("suggestion");
        double confidence = finding.path("confidence").asDouble(NOT_SAID);
        require(confidence >= 0 && confidence <= 1, at + ".confidence must be between 0 and 1");
        return new Proposal(
                path,
                new Region(start, 1, end, 1),
                quote,
                rule(text(finding, "ruleId", at)),
                severity(finding.path("severity").asText(""), at),
                confidence,
                message.strip().replaceAll("\\s+", " "),
                suggestion.isTextual() && !suggestion.asText().isBlank() ? cut(suggestion.asText()) : null,
                replacement(finding));
    }

    /** Half a replacement is none. */
    private static @Nullable String replacement(JsonNode finding) {
        var replacement = finding.path("replacement");
        boolean isWhole = replacement.isTextual() && replacement.asText().length() <= TEXT_MAX;
        return isWhole ? replacement.asText() : null;
    }

    private static String text(JsonNode finding, String key, String at) {
        var value = finding.path(key);
        require(value.isTextual() && !value.asText().isBlank(), at + "." + key + " must be a text that is not empty");
        return cut(value.asText());
    }

    private static Severity severity(String word, String at) {
        try {
            return Severity.of(word.strip());
        } catch (Problem unknown) {
            throw new IllegalArgumentException(at + "." + unknown.sentence(), unknown);
        }
    }

    /** In kebab case, whatever was written. */
    private static String rule(String id) {
        var words = id.replaceAll("([a-z])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z0-9]+");
        var kebab = List.of(words).stream().filter(word -> !word.isEmpty()).collect(Collectors.joining("-"));
        var short80 = kebab.length() <= RULE_MAX ? kebab : kebab.substring(0, RULE_MAX);
        return short80.isEmpty() ? "defect" : short80;
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }

    private static void require(boolean isRight, String fault) {
        if (!isRight) {
            throw new IllegalArgumentException(fault);
        }
    }
}
