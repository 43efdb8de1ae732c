package dev.skein.job.exec;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.job.run.PayloadFault;
import dev.skein.kernel.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code exec} job is asked to run.
 *
 * @param argv program and arguments; empty when there is a script
 * @param script for {@code /bin/sh}; null when there are words
 * @param env added to the few variables that are handed on
 * @param cwd folder to run in; null for the call's own
 * @param stdin text it reads; null for nothing
 * @param captureBytes of each output stream in the result; the log has the rest
 */
record ExecPayload(
        List<String> argv,
        @JsonProperty("shell") @Nullable String script,
        Map<String, String> env,
        @Nullable String cwd,
        @Nullable String stdin,
        @JsonProperty("capture_bytes") int captureBytes) {
    private static final int CAPTURE_DEFAULT = 64 << 10;
    private static final int CAPTURE_MAX = 1 << 20;
    private static final int WORD_MAX = (128 << 10) - 1; // the kernel's 32 pages, with a zero at the end
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @SuppressWarnings("ConstantValue") // what is not in the text arrives as null
    ExecPayload {
        argv = argv == null ? List.of() : List.copyOf(argv);
        env = env == null ? Map.of() : Map.copyOf(env);
        captureBytes = captureBytes == 0 ? CAPTURE_DEFAULT : captureBytes;
    }

    static ExecPayload of(String json) {
        try {
            var payload = JSON.readValue(json, ExecPayload.class);
            if (payload == null || payload.argv.isEmpty() == (payload.script == null)) {
                throw Problem.invalid("exec needs either argv, a list of words, or shell, a script");
            }
            if (payload.captureBytes < 0 || payload.captureBytes > CAPTURE_MAX) {
                throw Problem.invalid("capture_bytes must be between 0 and " + CAPTURE_MAX);
            }
            payload.checkTexts();
            payload.checkWords();
            return payload;
        } catch (JsonProcessingException wrong) {
            throw PayloadFault.of("exec", wrong);
        }
    }

    /** No program can be given a text with a zero in it, and no folder has one in its name. */
    private void checkTexts() {
        boolean hasZero = Stream.of(words(), env.keySet(), env.values(), cwd == null ? List.<String>of() : List.of(cwd))
                .flatMap(Collection::stream)
                .anyMatch(text -> text.indexOf(0) >= 0);
        if (hasZero) {
            throw Problem.invalid("argv, shell, env and cwd must not hold the character U+0000");
        }
    }

    /** What the kernel refuses at every attempt. */
    private void checkWords() {
        for (var name : env.keySet()) {
            if (name.isEmpty() || name.indexOf('=') >= 0) {
                throw Problem.invalid("env has the name \"" + name + "\": a name is not empty and holds no =");
            }
        }
        for (int i = 0; i < argv.size(); i++) {
            checkLength("argv[" + i + "]", argv.get(i));
        }
        checkLength("shell", script == null ? "" : script);
        env.forEach((name, value) -> checkLength("env." + name, name + "=" + value));
    }

    private static void checkLength(String place, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > WORD_MAX) {
            throw Problem.invalid("%s has %d bytes, at most %d can be given to a program; give more by stdin or a file"
                    .formatted(place, bytes, WORD_MAX));
        }
    }

    List<String> words() {
        return script == null ? argv : List.of("/bin/sh", "-c", script);
    }

    /** The result for the submitter. */
    static String result(int exitCode, Capture out, Capture err, long peakBytes) {
        try {
            return JSON.writeValueAsString(new Result(
                    exitCode, out.text(), err.text(), out.isCut() || err.isCut(), peakBytes > 0 ? peakBytes : null));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @param truncated whether more was written than is here
     * @param peakBytes null when none was seen
     */
    private record Result(
            @JsonProperty("exit_code") int exitCode,
            String stdout,
            String stderr,
            boolean truncated,
            @JsonProperty("peak_rss_bytes") @Nullable Long peakBytes) {}
}
