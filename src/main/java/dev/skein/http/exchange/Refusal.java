package dev.skein.http.exchange;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.vpl.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An error answer: a status, a symbol from the contract's table, and a sentence. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(Refusal.class);
    private static final int SHOWN_MAX = 3;
    private static final int BUSY_SECONDS = 1;

    private final int status;
    private final String code;
    private final transient Extras extras;

    /**
     * What only some errors have.
     *
     * @param details every fault when there are several
     * @param retryAfterSeconds 0 when there is no point in waiting
     * @param allow the methods there are, with 405
     */
    public record Extras(
            List<String> details,
            List<Diagnostic> diagnostics,
            int retryAfterSeconds,
            @Nullable String allow) {
        static final Extras NONE = new Extras(List.of(), List.of(), 0, null);
    }

    public Refusal(int status, String code, String sentence) {
        this(status, code, sentence, Extras.NONE);
    }

    public Refusal(int status, String code, String sentence, Extras extras) {
        super(sentence, null, false, false);
        this.status = status;
        this.code = code;
        this.extras = extras;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Extras extras() {
        return extras;
    }

    /** The sentence, which a refusal always has. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** A 400 that names every fault. */
    public static Refusal faulty(String code, List<String> faults) {
        var shown = String.join("; ", faults.subList(0, Math.min(SHOWN_MAX, faults.size())));
        var more = faults.size() > SHOWN_MAX ? "; and " + (faults.size() - SHOWN_MAX) + " more" : "";
        return new Refusal(400, code, shown + more, new Extras(faults, List.of(), 0, null));
    }

    /** Always the same, whatever was wrong with the credential. */
    public static Refusal unauthorized() {
        return new Refusal(401, "unauthorized", "a valid API key or token is needed");
    }

    public static Refusal notFound() {
        return new Refusal(404, "not_found", "there is nothing at this path");
    }

    public static Refusal rateLimited(int retryAfterSeconds) {
        var wait = new Extras(List.of(), List.of(), retryAfterSeconds, null);
        return new Refusal(429, "rate_limited", "too many changes; wait " + retryAfterSeconds + " s", wait);
    }

    public static Refusal tooLarge(long bytesMax) {
        return new Refusal(413, "payload_too_large", "the body may have at most " + bytesMax + " bytes");
    }

    /** A program that does not compile. */
    public static Refusal program(List<Diagnostic> diagnostics) {
        var lines = diagnostics.stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::toString)
                .toList();
        var first = lines.isEmpty() ? "the program was refused" : lines.get(0);
        return new Refusal(400, "parse_error", first, new Extras(lines, diagnostics, 0, null));
    }

    /** The error answer for a failure; what is not expected is logged in full and answered without its message. */
    public static Refusal of(Throwable cause, String requestId) {
        if (cause instanceof Refusal refusal) {
            return refusal;
        }
        var problem = Problem.in(cause);
        if (problem == null || problem.kind() == Kind.INTERNAL) {
            log.error("request {} failed", requestId, cause);
            return new Refusal(500, "internal", "internal error; the log of this node has request " + requestId);
        }
        return problem.kind() == Kind.UNAUTHORIZED ? unauthorized() : of(problem);
    }

    private static Refusal of(Problem problem) {
        int retryAfter = problem.kind() == Kind.BUSY || problem.kind() == Kind.LIMITED ? BUSY_SECONDS : 0;
        var extras = new Extras(problem.details(), List.of(), retryAfter, null);
        return new Refusal(problem.kind().httpStatus, problem.code(), problem.sentence(), extras);
    }
}
