package dev.skein.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.Shell;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Pause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Shows a list once, or again and again when it is watched. */
public final class Lister {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

    private final Shell shell;
    private final ListOptions options;
    private final Kind kind;
    private final InstantSource clock;

    public Lister(Shell shell, ListOptions options, Kind kind, InstantSource clock) {
        this.shell = shell;
        this.options = options;
        this.kind = kind;
        this.clock = clock;
        if (options.limit < 0) {
            throw Failure.usage("--limit must be 0 or more, got " + options.limit);
        }
    }

    /**
     * Shows what the source gives.
     *
     * @param source asks for all items; called once, or about once a second while watching
     */
    public int show(Supplier<List<JsonNode>> source) {
        return show(source, () -> false);
    }

    /**
     * The same for a source that need not ask for more than is shown.
     *
     * @param isMore whether there are more items than it gave last
     */
    public int show(Supplier<List<JsonNode>> source, BooleanSupplier isMore) {
        if (options.watch) {
            return watch(source);
        }
        var all = chosen(source.get());
        var shown = cut(all);
        boolean isCut = shown.size() < all.size();
        printer().print(shown, isCut ? kind.idOf(all.get(shown.size())) : null);
        if (isCut) {
            var of = (isMore.getAsBoolean() ? "more than " : "") + grouped(all.size());
            shell.terminal().say("showing %d of %s; --limit 0 for all".formatted(shown.size(), of));
        }
        return ExitCode.DONE.number;
    }

    private int watch(Supplier<List<JsonNode>> source) {
        boolean redraws = shell.terminal().shape().draws() && options.show.format.compareTo(Format.WIDE) <= 0;
        var before = new HashMap<String, JsonNode>();
        var latest = source.get();
        while (true) {
            var items = cut(chosen(latest));
            if (redraws) {
                shell.terminal().print(HOME_AND_CLEAR + printer().table(items));
            } else {
                printChanges(items, before);
            }
            Pause.of(PAUSE);
            latest = again(source, latest);
        }
    }

    /** What was seen last stands while the server is away, which a change of leader may cause. */
    private List<JsonNode> again(Supplier<List<JsonNode>> source, List<JsonNode> latest) {
        try {
            return source.get();
        } catch (Failure failure) {
            if (failure.exit() != ExitCode.UNAVAILABLE) {
                throw failure;
            }
            shell.terminal().say(failure.what() + "; trying again");
            return latest;
        }
    }

    /** Prints what is new or different, and what is gone as {@code {"id": …, "deleted": true}}. */
    private void printChanges(List<JsonNode> items, Map<String, JsonNode> before) {
        var now = new HashMap<String, JsonNode>();
        for (var item : items) {
            now.put(kind.idOf(item), item);
            if (!item.equals(before.get(kind.idOf(item)))) {
                printer().printObject(item);
            }
        }
        for (var id : before.keySet()) {
            if (!now.containsKey(id)) {
                var gone = new ObjectMapper().createObjectNode().put(kind.id(), id);
                shell.terminal().printLine(gone.put("deleted", true).toString());
            }
        }
        before.clear();
        before.putAll(now);
    }

    private Printer printer() {
        return new Printer(shell, options.show, kind, clock);
    }

    private List<JsonNode> chosen(List<JsonNode> items) {
        var known = kind.fields(items);
        var chosen = new ArrayList<>(items);
        if (options.filter != null) {
            var filter = Filter.parse(options.filter, clock.instant());
            filter.fields().forEach(field -> requireKnown(field, known, items));
            chosen.removeIf(item -> !filter.test(item));
        }
        if (!options.sort.isEmpty()) {
            options.sort.forEach(field -> requireKnown(sorted(field), known, items));
            chosen.sort(order());
        }
        return chosen;
    }

    private Comparator<JsonNode> order() {
        Comparator<JsonNode> all = (one, other) -> 0;
        for (var field : options.sort) {
            boolean isFalling = field.startsWith("-");
            var path = sorted(field);
            Comparator<JsonNode> byField = (one, other) -> compare(Kind.at(one, path), Kind.at(other, path));
            all = all.thenComparing(isFalling ? byField.reversed() : byField);
        }
        return all;
    }

    /** The field that a word of {@code --sort} is about. */
    private static String sorted(String word) {
        return word.startsWith("-") ? word.substring(1) : word;
    }

    private static int compare(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? Double.compare(one.asDouble(), other.asDouble())
                : one.asText().compareTo(other.asText());
    }

    private void requireKnown(String field, Set<String> known, List<JsonNode> items) {
        if (!items.isEmpty() && !Kind.knows(known, field)) {
            throw Failure.usage("%s have no field %s".formatted(kind.plural(), field))
                    .because("fields are " + String.join(", ", known))
                    .advise("skein help filters");
        }
    }

    private List<JsonNode> cut(List<JsonNode> items) {
        return options.limit == 0 || items.size() <= options.limit ? items : items.subList(0, options.limit);
    }

    private static String grouped(int number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }
}
