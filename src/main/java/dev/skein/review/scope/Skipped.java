package dev.skein.review.scope;

import java.util.Locale;

/**
 * Something that is not reviewed.
 *
 * @param path relative to the root; of a directory with {@code /} at its end
 */
public record Skipped(String path, Reason reason) {
    public enum Reason {
        /** Not text. */
        BINARY,
        /** More bytes than wanted. */
        TOO_LARGE,
        /** Says itself that a program wrote it. */
        GENERATED,
        /** Somebody else's code. */
        VENDORED,
        /** What a build makes. */
        OUTPUT,
        LOCK_FILE,
        /** A log, or what a test compares with. */
        LOG,
        /** By rules of git. */
        IGNORED,
        /** By the patterns of whoever asked. */
        EXCLUDED,
        /** Cannot be read, or has a name that is no text. */
        UNREADABLE,
        /** Below the depth that is wanted. */
        TOO_DEEP,
        /** Another repository within this one. */
        NESTED,
        /** A symbolic link, which is never followed. */
        LINK,
        /** A pipe, a socket or a device. */
        SPECIAL,
        /** Without a line. */
        EMPTY;

        /** As it is written, in lower case with dashes. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
