package dev.skein.review.persona;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.skein.kernel.Nearest;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.review.Persona;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one persona and says everything that is wrong with it. Used once. */
final class PersonaFile {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
    private static final Pattern FIELD = Pattern.compile("\\{\\{\\s{0,8}([A-Za-z0-9_.-]{1,64})\\s{0,8}}}");
    private static final Pattern FRONT = Pattern.compile("\\A---\\R(.*?)\\R---[ \\t]*(?:\\R(.*))?\\z", Pattern.DOTALL);
    private static final Set<String> KEYS = Set.of(
            "component_type",
            "agentspec_version",
            "name",
            "description",
            "metadata",
            "inputs",
            "outputs",
            "system_prompt",
            "llm_config",
            "id");
    private static final String VERSION = "26.1.0";
    private static final int NAME_MAX = 64;
    private static final int PROMPT_MAX = 16_000;
    private static final int FOCUS_MAX = 20;
    private static final int TYPING_ERRORS_MAX = 3;

    private final String file;
    private final String text;
    private final Map<String, String> fields;
    private final List<String> faults = new ArrayList<>();

    /**
     * A persona as text.
     *
     * @param file what it is called in faults; its end tells Markdown from YAML
     * @param fields what stands for {@code {{name}}} in its texts
     */
    PersonaFile(String file, String text, Map<String, String> fields) {
        this.file = file;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.fields = fields;
    }

    /** The persona; a problem lists all faults, each with file and key. */
    Persona read() {
        boolean isMarkdown = file.endsWith(".md");
        var root = isMarkdown ? markdown() : yaml(text);
        requireSound();
        known(root);
        constant(root, "component_type", "Agent", !isMarkdown);
        constant(root, "agentspec_version", VERSION, !isMarkdown);
        var name = text(root, "name", NAME_MAX);
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            fault("name", "must be words in lower case with dashes, got " + name);
        }
        var description = text(root, "description", PROMPT_MAX);
        var prompt = text(root, "system_prompt", PROMPT_MAX);
        var focus = focus(root.path("metadata"));
        list(root, "inputs");
        list(root, "outputs");
        if (root.has("llm_config") && !root.path("llm_config").isObject()) {
            fault("llm_config", "must be keys with values");
        }
        requireSound();
        return new Persona(name, description, focus, prompt, hash());
    }

    private ObjectNode markdown() {
        var match = FRONT.matcher(text);
        if (!match.matches()) {
            fault("front matter", "must be there: YAML between two lines of ---, then the prompt");
            return YAML.createObjectNode();
        }
        var root = yaml(match.group(1));
        var body = match.group(2) == null ? "" : match.group(2).strip();
        if (root.has("system_prompt") && !body.isEmpty()) {
            fault("system_prompt", "must not stand in the front matter when text follows it");
        } else if (!body.isEmpty()) {
            root.put("system_prompt", body);
        }
        return root;
    }

    private ObjectNode yaml(String yaml) {
        try {
            if (YAML.readTree(yaml) instanceof ObjectNode object) {
                return object;
            }
            faults.add(file + ": must be keys with values");
        } catch (JsonProcessingException e) {
            var line = e.getLocation() == null ? "" : " line " + e.getLocation().getLineNr();
            faults.add(file + ":" + line + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse("no YAML"));
        }
        return YAML.createObjectNode();
    }

    private void known(ObjectNode root) {
        root.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                var near = Nearest.to(key, new TreeSet<>(KEYS), TYPING_ERRORS_MAX);
                fault(
                        key,
                        "is not known"
                                + near.map(word -> "; did you mean " + word + "?")
                                        .orElse(""));
            }
        });
    }

    private void constant(ObjectNode root, String key, String value, boolean isNeeded) {
        if (root.has(key) ? !root.path(key).asText().equals(value) : isNeeded) {
            fault(key, "must be " + value);
        }
    }

    private String text(ObjectNode root, String key, int max) {
        var value = root.path(key);
        if (!value.isTextual() || value.asText().isBlank()) {
            fault(key, "must be a text that is not empty");
            return "";
        }
        if (value.asText().length() > max) {
            fault(key, "must have " + max + " characters at most");
        }
        return filled(key, value.asText().strip());
    }

    private List<String> focus(JsonNode metadata) {
        var areas = metadata.path("focus_areas");
        var focus = new ArrayList<String>();
        if (!areas.isMissingNode() && !areas.isArray() || areas.size() > FOCUS_MAX) {
            fault("metadata.focus_areas", "must be a list of " + FOCUS_MAX + " texts at most");
        }
        areas.forEach(area -> {
            if (!area.isTextual() || area.asText().isBlank()) {
                fault("metadata.focus_areas", "must hold texts only");
            } else {
                focus.add(filled("metadata.focus_areas", area.asText().strip()));
            }
        });
        return focus;
    }

    private void list(ObjectNode root, String key) {
        if (root.has(key) && !root.path(key).isArray()) {
            fault(key, "must be a list");
        }
    }

    private String filled(String key, String template) {
        return FIELD.matcher(template).replaceAll(match -> {
            var value = fields.get(match.group(1));
            if (value == null) {
                fault(
                        key,
                        "names the field " + match.group(1) + "; there are "
                                + String.join(", ", new TreeSet<>(fields.keySet())));
                return "";
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private void fault(String key, String what) {
        faults.add(file + ": " + key + " " + what);
    }

    private void requireSound() {
        if (!faults.isEmpty()) {
            throw new Problem(Kind.INVALID, "persona_invalid", String.join("; ", faults), faults);
        }
    }

    private String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
