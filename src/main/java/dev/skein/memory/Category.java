package dev.skein.memory;

import java.util.Locale;

/** What the budget is divided between. */
public enum Category {
    /** Semantic answers, results of language models and MCP servers. */
    QUERY_CACHE(40),
    /** Parse trees. */
    SYNTAX_TREES(25),
    /** Symbol slices and postings. */
    INDEXES(20),
    /** Resolved types. */
    TYPE_INFO(10),
    /** Overlays, file texts and the rest. */
    OTHER(5);

    final int percent;

    Category(int percent) {
        this.percent = percent;
    }

    /** {@code query_cache}, as in reports and settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
