package dev.skein.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.kernel.ByteSize;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One comparison of a field with a value: as points in time, as numbers or as texts, whichever both of them are. */
record FieldTest(String field, String operator, List<String> values, Instant now) implements Predicate<JsonNode> {
    private static final Pattern DURATION = Pattern.compile("(-?)([0-9]{1,9})(ms|s|m|h|d)");

    @Override
    public boolean test(JsonNode item) {
        var found = Kind.at(item, field);
        return switch (operator) {
            case "!=" -> !any(found, "=");
            case "!~" -> !any(found, "~");
            case "in" -> any(found, "=");
            default -> any(found, operator);
        };
    }

    private boolean any(JsonNode found, String how) {
        if (found.isArray()) {
            for (var part : found) {
                if (any(part, how)) {
                    return true;
                }
            }
            return false;
        }
        return values.stream().anyMatch(value -> holds(found, how, value));
    }

    private boolean holds(JsonNode found, String how, String value) {
        if (found.isMissingNode() || found.isNull()) {
            return how.equals("=") && value.isEmpty();
        }
        var text = found.asText();
        if (how.equals("~")) {
            return text.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT));
        }
        var order = compare(found, value);
        if (order.isEmpty()) {
            return false;
        }
        int sign = order.getAsInt();
        return switch (how) {
            case "<" -> sign < 0;
            case "<=" -> sign <= 0;
            case ">" -> sign > 0;
            case ">=" -> sign >= 0;
            default -> sign == 0;
        };
    }

    private OptionalInt compare(JsonNode found, String value) {
        if (found.isNumber()) {
            var number = number(value);
            return number == null ? OptionalInt.empty() : OptionalInt.of(Double.compare(found.asDouble(), number));
        }
        var instant = instant(found.asText());
        var wanted = instant(value);
        return OptionalInt.of(
                instant == null || wanted == null ? found.asText().compareTo(value) : instant.compareTo(wanted));
    }

    /** A plain number, a size in bytes, or a duration in the unit that the field's name ends with. */
    private @Nullable Double number(String value) {
        var duration = duration(value);
        if (duration != null) {
            boolean inSeconds = field.endsWith("secs") || field.endsWith("seconds");
            return duration.toMillis() / (inSeconds ? 1_000.0 : 1.0);
        }
        try {
            return Double.valueOf(value);
        } catch (NumberFormatException e) {
            return size(value);
        }
    }

    private static @Nullable Double size(String value) {
        try {
            return (double) ByteSize.parse(value);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Duration duration(String value) {
        var match = DURATION.matcher(value);
        if (!match.matches()) {
            return null;
        }
        long number = Long.parseLong(match.group(2)) * (match.group(1).isEmpty() ? 1 : -1);
        return switch (match.group(3)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** An ISO date and time, with or without seconds, or one relative to now such as {@code -15m}. */
    private @Nullable Instant instant(String value) {
        var duration = duration(value);
        if (duration != null) {
            return now.plus(duration);
        }
        if (value.length() < "2026-01-15T10:00".length() || value.charAt(4) != '-') {
            return null;
        }
        try {
            return value.endsWith("Z")
                    ? LocalDateTime.parse(value.substring(0, value.length() - 1))
                            .toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
