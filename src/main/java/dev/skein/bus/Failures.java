package dev.skein.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.eventbus.ReplyException;
import java.net.ConnectException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries a {@link Problem} through a failed reply, which has room for one number and one text. */
final class Failures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Text(
            String code, String message, @Nullable List<String> details) {}

    private Failures() {}

    static String textOf(Problem problem) {
        try {
            return JSON.writeValueAsString(new Text(problem.code(), problem.sentence(), problem.details()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts is always JSON", e);
        }
    }

    static Problem asProblem(String address, Throwable cause) {
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof ConnectException) {
            return Problem.unreachable(address + ": " + cause.getMessage());
        }
        if (!(cause instanceof ReplyException reply)) {
            return new Problem(Kind.INTERNAL, address + ": " + cause);
        }
        return switch (reply.failureType()) {
            case RECIPIENT_FAILURE -> read(Kind.ofNumber(reply.failureCode()), String.valueOf(reply.getMessage()));
            case NO_HANDLERS -> Problem.busy(address + ": nobody serves it");
            case TIMEOUT -> Problem.timeout(address + ": no reply in time");
            case ERROR -> new Problem(Kind.INTERNAL, address + ": " + reply.getMessage());
        };
    }

    private static Problem read(Kind kind, String text) {
        try {
            var read = JSON.readValue(text, Text.class);
            return new Problem(kind, read.code, read.message, read.details == null ? List.of() : read.details);
        } catch (JsonProcessingException e) {
            return new Problem(kind, text); // a node of another version, or Vert.x itself
        }
    }
}
