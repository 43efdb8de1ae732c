package dev.skein.job.mcp.server;

import java.util.Locale;

/** What a server's text says has happened, when it reports failures as ordinary answers. */
public enum TextClass {
    OK(false, false),
    /** Nothing was found, which is an answer. */
    EMPTY(false, false),
    /** Does not begin as such an answer does, yet is no failure that is known. */
    SUSPICIOUS(false, false),
    RATE_LIMITED(true, true),
    NOT_FOUND(true, false),
    AUTHENTICATION(true, false),
    /** The server's own server answered with a status of 500 or more. */
    UPSTREAM(true, true),
    /** The server's own server refused the request. */
    UPSTREAM_REFUSED(true, false),
    TRANSPORT(true, true);

    final boolean failure;
    final boolean retryable;

    TextClass(boolean failure, boolean retryable) {
        this.failure = failure;
        this.retryable = retryable;
    }

    /** As configuration and results write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static TextClass of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
