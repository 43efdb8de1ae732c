package dev.skein.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.terminal.Clean;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A table for people: columns padded with blanks, no rules, rows never wrapped. */
final class Table {
    private static final int PREFIX_MIN = 8;
    private static final String GAP = "  ";
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[33m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    private final List<Column> columns;
    private final List<? extends JsonNode> items;
    private final Instant now;
    private final boolean full;

    /**
     * A table not yet laid out.
     *
     * @param full whether ids are shown in full
     */
    Table(List<Column> columns, List<? extends JsonNode> items, Instant now, boolean full) {
        this.columns = columns;
        this.items = items;
        this.now = now;
        this.full = full;
    }

    /** The text and the headers of columns that found no room. */
    record Laid(String text, List<String> left) {}

    /**
     * Lays the table out.
     *
     * @param width of the terminal; 0 for any
     */
    Laid lay(int width, boolean colour) {
        var cells = new ArrayList<List<String>>();
        var widths = new ArrayList<Integer>();
        for (var column : columns) {
            var below = column(column);
            cells.add(below);
            widths.add(below.stream().mapToInt(Table::length).max().orElse(0));
        }
        int shown = fitting(widths, width);
        var text = new StringBuilder();
        for (int row = 0; row <= items.size(); row++) {
            text.append(row(row, cells.subList(0, shown), widths, colour)).append('\n');
        }
        var left = columns.subList(shown, columns.size()).stream().map(Column::header);
        return new Laid(text.toString(), left.toList());
    }

    private static int fitting(List<Integer> widths, int width) {
        int used = 0;
        for (int i = 0; i < widths.size(); i++) {
            used += widths.get(i) + (i == 0 ? 0 : GAP.length());
            if (width > 0 && used > width && i > 0) {
                return i;
            }
        }
        return widths.size();
    }

    private String row(int row, List<List<String>> cells, List<Integer> widths, boolean colour) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            var cell = cells.get(i).get(row);
            var pad = " ".repeat(widths.get(i) - length(cell));
            var form = columns.get(i).form();
            boolean isNumber = form == Column.Form.NUMBER || form == Column.Form.COUNT;
            var shown = colour && row > 0 && form == Column.Form.STATE ? coloured(cell) : cell;
            line.append(i == 0 ? "" : GAP).append(isNumber ? pad + shown : shown + pad);
        }
        return line.toString().stripTrailing();
    }

    private static String coloured(String state) {
        return switch (state) {
            case "ready", "running", "Running" -> GREEN + state + PLAIN;
            case "unhealthy", "failed", "Failed" -> RED + state + PLAIN;
            default -> YELLOW + state + PLAIN;
        };
    }

    /** The header and below it one cell an item. */
    private List<String> column(Column column) {
        var cells = new ArrayList<String>();
        cells.add(column.header());
        var values = items.stream().map(item -> Kind.at(item, column.field())).toList();
        int prefix = column.form() == Column.Form.ID && !full ? prefix(values) : Integer.MAX_VALUE;
        for (var value : values) {
            var cell = Clean.line(cell(value, column.form()));
            cells.add(cell.length() > prefix ? cell.substring(0, prefix) : cell);
        }
        return cells;
    }

    private static int prefix(List<JsonNode> ids) {
        var all = ids.stream().map(JsonNode::asText).toList();
        int length = PREFIX_MIN;
        while (isShared(all, length)) {
            length++;
        }
        return length;
    }

    private static boolean isShared(List<String> ids, int length) {
        var distinct = ids.stream().distinct().toList();
        var cut = distinct.stream().map(id -> id.substring(0, Math.min(length, id.length())));
        return cut.distinct().count() < distinct.size();
    }

    private String cell(JsonNode value, Column.Form form) {
        if (value.isMissingNode() || value.isNull()) {
            return "-";
        }
        return switch (form) {
            case COUNT -> Integer.toString(value.size());
            case AGE -> age(value.asText());
            default -> value.isArray() ? joined(value) : value.isObject() ? value.toString() : value.asText();
        };
    }

    private static String joined(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(part -> part.isContainerNode() ? part.toString() : part.asText())
                .collect(Collectors.joining(","));
    }

    private String age(String time) {
        try {
            return inWords(Duration.between(Instant.parse(time), now));
        } catch (DateTimeException e) {
            return time;
        }
    }

    private static String inWords(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + "m";
        }
        return seconds < 172_800 ? seconds / 3_600 + "h" : seconds / 86_400 + "d";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
