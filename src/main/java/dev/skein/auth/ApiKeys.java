package dev.skein.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API keys of this node. Only digests are kept, and a wrong key takes as long to compare as a right one. */
public final class ApiKeys {
    /** The name under which the key given by {@code http.api-key} appears in the audit. */
    public static final String ADMIN_NAME = "admin";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final List<Entry> entries = new ArrayList<>();

    private record Entry(byte[] digest, Principal principal) {}

    /** Adds a key; an {@link IllegalArgumentException} when it is empty or already there. */
    public ApiKeys add(String key, Role role, String name) {
        if (key.isBlank()) {
            throw new IllegalArgumentException("an API key must not be empty");
        }
        if (find(key) != null) {
            throw new IllegalArgumentException("the API key of " + name + " is given twice");
        }
        entries.add(new Entry(digest(key), Principal.ofKey(name, role)));
        return this;
    }

    /**
     * Adds every key of a file {@code {"keys": [{"key", "role", "name"}]}}.
     *
     * @throws IllegalArgumentException when the file cannot be read or an entry is wrong; the key itself is not shown
     */
    public ApiKeys addFile(Path file) {
        var keys = read(file).path("keys");
        if (!keys.isArray()) {
            throw new IllegalArgumentException(file + " must hold {\"keys\": [{\"key\", \"role\", \"name\"}]}");
        }
        for (int i = 0; i < keys.size(); i++) {
            addEntry(keys.get(i), file + " keys[" + i + "]");
        }
        return this;
    }

    private void addEntry(JsonNode entry, String where) {
        if (!entry.path("key").isTextual() || !entry.path("role").isTextual()) {
            throw new IllegalArgumentException(where + " needs the texts key and role");
        }
        var role = Role.named(entry.path("role").asText())
                .orElseThrow(() -> new IllegalArgumentException(where + " role must be viewer, operator or admin"));
        add(entry.path("key").asText(), role, entry.path("name").asText(where));
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + " is not JSON (line " + e.getLocation().getLineNr() + ")", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        }
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whose key this is, or null. */
    public @Nullable Principal find(String key) {
        var digest = digest(key);
        Principal found = null;
        for (var entry : entries) { // all of them, whichever it is
            found = MessageDigest.isEqual(entry.digest, digest) ? entry.principal : found;
        }
        return found;
    }

    /** Compares two secrets in a time that does not depend on where they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(digest(one), digest(other));
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
