package dev.skein.coordinator.connector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.pipeline.Connectors.Definition;
import dev.skein.pipeline.vpl.Vpl;
import dev.skein.store.Store;
import dev.skein.store.Transaction;
import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every definition, in memory as in the store. Confined to the coordinator's event loop. */
public final class Shelf {
    private static final String PUT = """
            INSERT INTO connectors (name, connector_type, params, description) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET connector_type = excluded.connector_type, params = excluded.params,
                description = excluded.description""";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final int REMEMBERED_MAX = 256;

    private final Store store;
    private final Map<String, Definition> byName = new TreeMap<>();
    private final Map<String, Set<String>> named = new LinkedHashMap<>() { // by program, the latest ones
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
                    return size() > REMEMBERED_MAX;
                }
            };

    private Shelf(Store store, List<Definition> all) {
        this.store = store;
        all.forEach(definition -> byName.put(definition.name(), definition));
    }

    /** What the store holds. */
    public static Future<Shelf> open(Store store) {
        return store.read(tx -> tx.query("SELECT * FROM connectors", Shelf::read))
                .map(all -> new Shelf(store, all));
    }

    public @Nullable Definition find(String name) {
        return byName.get(name);
    }

    /** By name. */
    public List<Definition> all() {
        return List.copyOf(byName.values());
    }

    /** Type by name, for the checker. */
    public Map<String, String> types() {
        var types = new TreeMap<String, String>();
        byName.forEach((name, definition) -> types.put(name, definition.connectorType()));
        return Collections.unmodifiableMap(types);
    }

    /** Those that a program names without declaring them, with their secrets. */
    public List<Definition> namedBy(String source) {
        var found = new ArrayList<Definition>();
        for (var definition : byName.values()) {
            if (source.contains(definition.name()) && names(source).contains(definition.name())) {
                found.add(definition);
            }
        }
        return found;
    }

    /** Whether one of the programs names it without declaring it. */
    public boolean isNamed(String name, Collection<String> sources) {
        return sources.stream()
                .anyMatch(source -> source.contains(name) && names(source).contains(name));
    }

    private Set<String> names(String source) {
        return named.computeIfAbsent(source, Vpl::connectors);
    }

    Future<Void> put(Definition definition) {
        return store.write(tx -> tx.update(
                        PUT,
                        definition.name(),
                        definition.connectorType(),
                        text(definition.params()),
                        definition.description()))
                .onSuccess(done -> byName.put(definition.name(), definition))
                .mapEmpty();
    }

    Future<Void> remove(String name) {
        return store.write(tx -> delete(tx, name))
                .onSuccess(done -> byName.remove(name))
                .mapEmpty();
    }

    private static int delete(Transaction tx, String name) throws SQLException {
        return tx.update("DELETE FROM connectors WHERE name = ?", name);
    }

    private static Definition read(ResultSet row) throws SQLException {
        try {
            return new Definition(
                    row.getString("name"),
                    row.getString("connector_type"),
                    JSON.readValue(row.getString("params"), TEXTS),
                    row.getString("description"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored connector cannot be read", e);
        }
    }

    private static String text(Map<String, String> params) {
        try {
            return JSON.writeValueAsString(params);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }
}
