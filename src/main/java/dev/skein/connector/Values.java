package dev.skein.connector;

import dev.skein.kernel.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of one link, typed; each getter fails with a {@link Problem} that names connector and parameter. */
public final class Values {
    private final String connector;
    private final Map<String, ? extends @Nullable Object> values;

    public Values(String connector, Map<String, ? extends @Nullable Object> values) {
        this.connector = connector;
        this.values = values;
    }

    /** The connector's name. */
    public String connector() {
        return connector;
    }

    public @Nullable String optional(String key) {
        var value = values.get(key);
        return value == null || value.toString().isEmpty() ? null : value.toString();
    }

    public String required(String key) {
        var value = optional(key);
        if (value == null) {
            throw wrong(key, "is missing");
        }
        return value;
    }

    public String text(String key, String fallback) {
        var value = optional(key);
        return value == null ? fallback : value;
    }

    public int whole(String key, int fallback, int min, int max) {
        var text = optional(key);
        if (text == null) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(key, "must be a whole number");
        }
        throw wrong(key, "must be " + min + " to " + max);
    }

    public boolean flag(String key, boolean fallback) {
        var text = text(key, Boolean.toString(fallback));
        if (!text.equals("true") && !text.equals("false")) {
            throw wrong(key, "must be true or false");
        }
        return Boolean.parseBoolean(text);
    }

    /** What to say of a parameter that cannot work; never its value, which may be secret. */
    public Problem wrong(String key, String what) {
        return Problem.invalid("connector " + connector + ": " + key + " " + what);
    }
}
