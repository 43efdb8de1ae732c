package dev.skein.cli.show;

import java.util.Locale;

/** The forms of output that {@code -o} chooses from. */
public enum Format {
    TABLE,
    WIDE,
    JSON,
    JSONL,
    YAML,
    NAME;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
