package dev.skein.config;

import java.util.List;

/** Settings that cannot work; the message lists every fault, one a line. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    public SettingsException(List<String> faults) {
        super(String.join(System.lineSeparator(), faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** Each fault with its key, the value given and what would be right. */
    public List<String> faults() {
        return faults;
    }
}
