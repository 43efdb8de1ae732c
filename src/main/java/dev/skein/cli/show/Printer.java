package dev.skein.cli.show;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.skein.cli.Shell;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.Failure;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints items of one kind in the format asked for. */
public final class Printer {
    private static final int SCHEMA = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Shell shell;
    private final ShowOptions options;
    private final Kind kind;
    private final InstantSource clock;

    public Printer(Shell shell, ShowOptions options, Kind kind, InstantSource clock) {
        this.shell = shell;
        this.options = options;
        this.kind = kind;
        this.clock = clock;
    }

    public void print(List<? extends JsonNode> items) {
        print(items, null);
    }

    /** Prints what was done; nothing at all when that is nothing, because then there is only a failure to tell. */
    public void printDone(List<? extends JsonNode> done) {
        if (!done.isEmpty()) {
            print(done);
        }
    }

    /**
     * Prints all of them.
     *
     * @param next where the rest begins; null when this is all
     */
    public void print(List<? extends JsonNode> items, @Nullable String next) {
        checkFields(items);
        if (options.quiet || options.format == Format.NAME) {
            items.forEach(item -> shell.terminal().printLine(Clean.line(kind.idOf(item))));
            return;
        }
        switch (options.format) {
            case JSON -> shell.terminal().printLine(text(JSON, enveloped(items, next)));
            case YAML -> shell.terminal().print(text(yaml(), enveloped(items, next)));
            case JSONL -> items.forEach(this::printObject);
            default -> shell.terminal().print(table(items));
        }
    }

    /** One item on one line, as {@code jsonl} has it. */
    void printObject(JsonNode item) {
        shell.terminal().printLine(text(JSON, chosen(item)));
    }

    /** The items as a table; says on standard error which columns found no room. */
    String table(List<? extends JsonNode> items) {
        boolean full = options.format == Format.WIDE;
        var columns = options.fields.isEmpty()
                ? kind.columns().stream().filter(one -> full || !one.wide()).toList()
                : options.fields.stream().map(this::column).toList();
        var laid = new Table(columns, items, clock.instant(), full)
                .lay(full ? 0 : shell.terminal().shape().columns(), isColoured());
        if (!laid.left().isEmpty()) {
            shell.terminal().say("no room for " + String.join(", ", laid.left()) + "; -o wide shows all");
        }
        return laid.text();
    }

    private Column column(String field) {
        return kind.columns().stream()
                .filter(column -> column.field().equals(field))
                .findFirst()
                .orElseGet(() -> Column.of(field.toUpperCase(Locale.ROOT), field, Column.Form.TEXT));
    }

    private boolean isColoured() {
        var environment = shell.environment();
        return shell.terminal().shape().draws()
                && !options.noColor
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    private void checkFields(List<? extends JsonNode> items) {
        var known = kind.fields(items);
        for (var field : options.fields) {
            if (!items.isEmpty() && !Kind.knows(known, field)) {
                throw Failure.usage("%s have no field %s".formatted(kind.plural(), field))
                        .because("fields are " + String.join(", ", known));
            }
        }
    }

    private ObjectNode enveloped(List<? extends JsonNode> items, @Nullable String next) {
        var all = JSON.createObjectNode().put("schema", SCHEMA);
        var list = all.putArray("items");
        items.forEach(item -> list.add(chosen(item)));
        return all.put("next", next);
    }

    private JsonNode chosen(JsonNode item) {
        if (options.fields.isEmpty()) {
            return item;
        }
        var part = JSON.createObjectNode();
        for (var field : options.fields) {
            var value = Kind.at(item, field);
            part.set(field, value.isMissingNode() ? null : value);
        }
        return part;
    }

    private static ObjectMapper yaml() {
        return YAMLMapper.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .build();
    }

    private static String text(ObjectMapper mapper, JsonNode node) {
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
