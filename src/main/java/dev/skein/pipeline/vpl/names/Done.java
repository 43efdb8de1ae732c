package dev.skein.pipeline.vpl.names;

/** What a visitor answers that is sent for its effect alone. */
public enum Done {
    DONE
}
