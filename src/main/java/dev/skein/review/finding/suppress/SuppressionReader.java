package dev.skein.review.finding.suppress;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.skein.review.finding.suppress.SuppressionFile.Entry;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a file of suppressions entry by entry; what is wrong with one is noted and the next is read. */
final class SuppressionReader {
    private static final List<String> KEYS = List.of("fingerprint", "rule", "path", "reason", "author", "expires");
    private static final YAMLFactory YAML = new YAMLFactory();

    private final LocalDate today;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final List<String> expired = new ArrayList<>();

    SuppressionReader(LocalDate today) {
        this.today = today;
    }

    SuppressionFile read(String text) {
        try (var yaml = YAML.createParser(text)) {
            var first = yaml.nextToken();
            if (first == JsonToken.START_ARRAY) {
                readAll(yaml);
            } else if (first != null && first != JsonToken.VALUE_NULL) {
                fault(line(yaml), "the file must be a list of entries");
            }
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            fault(
                    at == null ? 1 : at.getLineNr(),
                    "no YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            fault(1, "cannot be read: " + e.getMessage());
        }
        return new SuppressionFile(entries, faults, expired);
    }

    private void readAll(JsonParser yaml) throws IOException {
        while (yaml.nextToken() != JsonToken.END_ARRAY && yaml.currentToken() != null) {
            int line = line(yaml);
            if (yaml.currentToken() != JsonToken.START_OBJECT) {
                fault(line, "an entry must have keys: " + String.join(", ", KEYS));
                yaml.skipChildren();
                continue;
            }
            int before = faults.size();
            var values = values(yaml);
            if (faults.size() == before) {
                take(line, values);
            }
        }
    }

    private Map<String, String> values(JsonParser yaml) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        while (yaml.nextToken() == JsonToken.FIELD_NAME) {
            var key = yaml.currentName();
            int line = line(yaml);
            if (!yaml.nextToken().isScalarValue()) {
                fault(line, key + " must be one value");
                yaml.skipChildren();
            } else if (!KEYS.contains(key)) {
                fault(line, key + " is no key of an entry; they are " + String.join(", ", KEYS));
            } else if (!yaml.getText().isBlank() && yaml.currentToken() != JsonToken.VALUE_NULL) {
                values.put(key, yaml.getText().strip());
            }
        }
        return values;
    }

    private void take(int line, Map<String, String> values) {
        int before = faults.size();
        if (values.keySet().stream().noneMatch(List.of("fingerprint", "rule", "path")::contains)) {
            fault(line, "an entry needs fingerprint, rule or path");
        }
        for (var required : List.of("reason", "author")) {
            if (!values.containsKey(required)) {
                fault(line, required + " is missing");
            }
        }
        var expires = day(line, values.get("expires"));
        if (faults.size() > before) {
            return;
        }
        if (expires != null && expires.isBefore(today)) {
            expired.add("line " + line + ": expired on " + expires);
            return;
        }
        var path = values.get("path");
        entries.add(new Entry(
                line,
                values.get("fingerprint"),
                values.get("rule"),
                path == null ? null : Globs.pattern(path),
                values.getOrDefault("reason", ""),
                values.getOrDefault("author", ""),
                expires));
    }

    private @Nullable LocalDate day(int line, @Nullable String written) {
        try {
            return written == null ? null : LocalDate.parse(written);
        } catch (DateTimeException e) {
            fault(line, "expires must be a day like 2027-01-31");
            return null;
        }
    }

    private void fault(int line, String what) {
        faults.add("line " + line + ": " + what);
    }

    private static int line(JsonParser yaml) {
        return yaml.currentTokenLocation().getLineNr();
    }
}
