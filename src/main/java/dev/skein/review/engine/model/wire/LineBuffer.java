package dev.skein.review.engine.model.wire;

import dev.skein.review.engine.model.ModelProblem;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts what arrives into lines of UTF-8, within a bound for all of it. For one thread at a time. */
final class LineBuffer {
    private final long max;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private long taken;

    LineBuffer(long max, Consumer<String> lines) {
        this.max = max;
        this.lines = lines;
    }

    /** Takes the next bytes; past the bound it throws a problem. */
    void take(Buffer part) {
        taken += part.length();
        if (taken > max) {
            throw ModelProblem.truncated("the answer has more than " + max + " bytes");
        }
        var bytes = part.getBytes();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                open.write(bytes, from, i - from);
                give();
                from = i + 1;
            }
        }
        open.write(bytes, from, bytes.length - from);
    }

    /** Hands over a last line that nothing ended. */
    void end() {
        if (open.size() > 0) {
            give();
        }
    }

    private void give() {
        var line = open.toString(StandardCharsets.UTF_8);
        open.reset();
        lines.accept(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
}
