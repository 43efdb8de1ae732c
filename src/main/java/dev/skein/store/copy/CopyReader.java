package dev.skein.store.copy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.kernel.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads a copy line by line. */
final class CopyReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_COPY = "it is no copy of a store, as skein store backup makes them";

    /** Gets every row in order. */
    interface Rows {
        void table(String name, List<String> columns) throws SQLException;

        void row(JsonNode values) throws SQLException;
    }

    private static final Rows NOTHING = new Rows() {
        @Override
        public void table(String name, List<String> columns) {}

        @Override
        public void row(JsonNode values) {}
    };

    private final Path file;

    CopyReader(Path file) {
        this.file = file;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    /** Reads all of it; fails with a {@link Problem} when anything is missing or changed. */
    Copy verify() throws IOException, SQLException {
        return read(NOTHING);
    }

    Copy read(Rows to) throws IOException, SQLException {
        var digest = sha256();
        try (var lines = Files.newBufferedReader(file)) {
            var first = lines.readLine();
            if (first == null || !isCopy(first)) {
                throw unsound(NO_COPY);
            }
            digest.update(bytes(first));
            var header = parse(first);
            if (header.path("version").asInt() > CopyWriter.VERSION) {
                throw unsound("it was made by a newer version of Skein");
            }
            var rows = new LinkedHashMap<String, Long>();
            var last = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
                var node = parse(line);
                if (node.has("end")) {
                    break;
                }
                digest.update(bytes(line));
                take(node, rows, to);
            }
            requireEnd(parse(last), digest, rows);
            return new Copy(schema(header), at(header), rows);
        } catch (CharacterCodingException noText) {
            throw unsound(NO_COPY);
        }
    }

    private static boolean isCopy(String first) {
        try {
            return CopyWriter.FORMAT.equals(
                    JSON.readTree(first.isEmpty() ? "{}" : first).path("format").asText());
        } catch (JsonProcessingException other) {
            return false;
        }
    }

    private String schema(JsonNode header) {
        var schema = header.path("schema").asText();
        if (!schema.matches("\\d{1,9}(\\.\\d{1,9})*")) {
            throw unsound("its schema is no version, \"" + schema + "\"");
        }
        return schema;
    }

    private Instant at(JsonNode header) {
        try {
            return Instant.parse(header.path("at").asText());
        } catch (DateTimeParseException e) {
            throw unsound("the time at which it was made cannot be read");
        }
    }

    private void take(JsonNode node, LinkedHashMap<String, Long> rows, Rows to) throws SQLException {
        if (node.has("table")) {
            var columns = StreamSupport.stream(node.path("columns").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
            rows.put(node.path("table").asText(), 0L);
            to.table(node.path("table").asText(), columns);
            return;
        }
        if (rows.isEmpty()) {
            throw unsound("a row comes before its table");
        }
        var table = List.copyOf(rows.keySet()).get(rows.size() - 1);
        rows.merge(table, 1L, Long::sum);
        to.row(node);
    }

    private void requireEnd(JsonNode end, MessageDigest digest, LinkedHashMap<String, Long> rows) {
        if (!end.has("end")) {
            throw unsound("its end is missing");
        }
        long counted = rows.values().stream().mapToLong(Long::longValue).sum();
        var sum = HexFormat.of().formatHex(digest.digest());
        if (end.path("end").asLong() != counted
                || !sum.equals(end.path("sha256").asText())) {
            throw unsound("its checksum is wrong");
        }
    }

    private JsonNode parse(String line) {
        try {
            return JSON.readTree(line.isEmpty() ? "{}" : line);
        } catch (JsonProcessingException e) {
            throw unsound("a line of it is no JSON");
        }
    }

    private static byte[] bytes(String line) {
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private Problem unsound(String why) {
        return Problem.invalid(file + " cannot be used: " + why);
    }
}
