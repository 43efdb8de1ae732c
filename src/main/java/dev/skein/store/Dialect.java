package dev.skein.store;

/** The SQL in which databases differ. */
public enum Dialect {
    /** One process at a time. */
    SQLITE("CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)", ""),
    POSTGRES("CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)", " FOR KEY SHARE");

    private final String now;
    private final String holding;

    Dialect(String now, String holding) {
        this.now = now;
        this.holding = holding;
    }

    /** An expression: milliseconds since 1970 by the database's own clock. */
    public String now() {
        return now;
    }

    /** The end of a SELECT whose row's key nobody may change until the transaction is over. */
    public String holding() {
        return holding;
    }

    /** Whether opening it keeps every other process out. */
    public boolean isExclusive() {
        return this == SQLITE;
    }
}
