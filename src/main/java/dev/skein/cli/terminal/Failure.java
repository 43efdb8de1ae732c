package dev.skein.cli.terminal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Why a command did not do what it was asked: what happened, why, what to do, and the request's id. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exit;
    private final transient @Nullable String why;
    private final transient @Nullable String advice;
    private final transient @Nullable ObjectNode answer;

    private Failure(
            ExitCode exit, String what, @Nullable String why, @Nullable String advice, @Nullable ObjectNode answer) {
        super(what, null, false, false); // an expected outcome carries no stack trace
        this.exit = exit;
        this.why = why;
        this.advice = advice;
        this.answer = answer;
    }

    public static Failure of(ExitCode exit, String what) {
        return new Failure(exit, what, null, null, null);
    }

    /** A command that cannot run as it was written. */
    public static Failure usage(String what) {
        return of(ExitCode.USAGE, what);
    }

    public Failure because(@Nullable String reason) {
        return new Failure(exit, what(), reason, advice, answer);
    }

    /** Adds what to do next, best a line that can be typed. */
    public Failure advise(@Nullable String next) {
        return new Failure(exit, what(), why, next, answer);
    }

    /** Adds the server's own words. */
    public Failure answered(ObjectNode body) {
        return new Failure(exit, what(), why, advice, body);
    }

    public ExitCode exit() {
        return exit;
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    public @Nullable String why() {
        return why;
    }

    public @Nullable String advice() {
        return advice;
    }

    /** The server's error object, when there was one. */
    public @Nullable ObjectNode answer() {
        return answer;
    }
}
