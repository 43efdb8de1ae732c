package dev.skein.http.api.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.skein.auth.Role;
import dev.skein.http.exchange.Call;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Payloads for readers who may not submit jobs: everything in an environment or in headers, and whatever goes by a name
 * that secrets have, is {@code ***}. In texts, so is what follows such a name or {@code Bearer}, and the user of an
 * URL. What else a text holds is shown: a secret in the middle of a script is not recognised.
 */
final class Redaction {
    static final String HIDDEN = "***";

    private static final TextNode STARS = TextNode.valueOf(HIDDEN);
    private static final Set<String> ALL_OF_IT = Set.of("env", "environment", "headers", "cookies");
    private static final Pattern SECRET = Pattern.compile(
            "token|passw|passphrase|secret|authorization|apikey|accesskey|privatekey|signingkey|credential"
                    + "|cookie|^auth$|^pwd$|^pin$");
    private static final Pattern ASSIGNED = Pattern.compile("(?<![\\w.-])([\\w.-]++)[\"']?\\s{0,4}[=:]\\s{0,4}[\"']?"
            + "(?:(?i:bearer|basic|token)\\s{1,4})?([^\\s&\"',;}]++)");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer\\s{1,4})[^\\s\"',;]++");
    private static final Pattern USER = Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]{1,20}://)[^/\\s@\"']{1,500}@");
    private static final Pattern FLAG = Pattern.compile("--?[\\w.-]++");

    private Redaction() {}

    /** The same payload as the caller may see it. */
    static @Nullable JsonNode of(@Nullable JsonNode payload, Call call) {
        var principal = call.principal();
        boolean mayWrite = principal != null && principal.role().includes(Role.OPERATOR);
        return payload == null || mayWrite ? payload : shown(payload);
    }

    static JsonNode shown(JsonNode tree) {
        if (tree.isObject()) {
            return object(tree);
        }
        if (tree.isArray()) {
            return list(tree);
        }
        return tree.isTextual() ? TextNode.valueOf(text(tree.textValue())) : tree;
    }

    private static ObjectNode object(JsonNode tree) {
        var shown = JsonNodeFactory.instance.objectNode();
        boolean isPair = isSecret(tree.path("name").asText())
                || isSecret(tree.path("key").asText());
        tree.properties().forEach(field -> {
            var name = field.getKey();
            if (ALL_OF_IT.contains(name.toLowerCase(Locale.ROOT))) {
                shown.set(name, values(field.getValue()));
            } else if (hides(name, field.getValue()) || isPair && name.equals("value")) {
                shown.set(name, STARS);
            } else {
                shown.set(name, shown(field.getValue()));
            }
        });
        return shown;
    }

    private static boolean hides(String name, JsonNode value) {
        boolean isCount = value.isNumber() && name.toLowerCase(Locale.ROOT).endsWith("tokens");
        return isSecret(name) && !isCount && !value.isNull() && !value.isBoolean();
    }

    private static boolean isSecret(String name) {
        return SECRET.matcher(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""))
                .find();
    }

    /** An environment or headers: names stay, as an object's, as {@code NAME=value} and as {@code name: value}. */
    private static JsonNode values(JsonNode tree) {
        if (tree.isObject()) {
            var shown = JsonNodeFactory.instance.objectNode();
            tree.properties().forEach(field -> shown.set(field.getKey(), STARS));
            return shown;
        }
        if (tree.isArray()) {
            var shown = JsonNodeFactory.instance.arrayNode();
            tree.forEach(item -> shown.add(item.isObject() ? pair(item) : values(item)));
            return shown;
        }
        return tree.isTextual() ? TextNode.valueOf(named(tree.textValue())) : tree.isNull() ? tree : STARS;
    }

    private static ObjectNode pair(JsonNode tree) {
        var shown = JsonNodeFactory.instance.objectNode();
        tree.properties().forEach(field -> {
            boolean isName = Set.of("name", "key").contains(field.getKey());
            shown.set(field.getKey(), isName ? field.getValue() : STARS);
        });
        return shown;
    }

    private static String named(String text) {
        int end = indexOf(text, '=', ':');
        return end < 0 ? HIDDEN : text.substring(0, end + 1) + HIDDEN;
    }

    private static int indexOf(String text, char one, char other) {
        int first = text.indexOf(one);
        int second = text.indexOf(other);
        return first < 0 ? second : second < 0 ? first : Math.min(first, second);
    }

    /** The words of a command: what follows a flag whose name secrets have is hidden too. */
    private static ArrayNode list(JsonNode tree) {
        var shown = JsonNodeFactory.instance.arrayNode();
        boolean isNext = false;
        for (var item : tree) {
            shown.add(isNext && item.isTextual() ? STARS : shown(item));
            isNext = item.isTextual() && FLAG.matcher(item.textValue()).matches() && isSecret(item.textValue());
        }
        return shown;
    }

    /** Takes time in proportion to the length of the text. */
    static String text(String text) {
        var bearer = BEARER.matcher(assigned(text)).replaceAll("$1" + HIDDEN);
        return USER.matcher(bearer).replaceAll("$1" + HIDDEN + "@");
    }

    private static String assigned(String text) {
        var shown = new StringBuilder();
        var found = ASSIGNED.matcher(text);
        int done = 0;
        int from = 0;
        while (from <= text.length() && found.find(from)) {
            from = found.start(2); // a value may be a name itself
            if (isSecret(found.group(1))) {
                shown.append(text, done, from).append(HIDDEN);
                done = found.end(2);
                from = done;
            }
        }
        return shown.append(text.substring(done)).toString();
    }
}
