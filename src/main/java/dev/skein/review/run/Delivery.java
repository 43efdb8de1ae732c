package dev.skein.review.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.bus.Bus;
import dev.skein.kernel.Problem;
import dev.skein.review.Finding;
import dev.skein.review.Gap;
import dev.skein.review.Rule;
import dev.skein.review.finding.lines.FindingWriter;
import dev.skein.review.run.ReviewParts.Attempt;
import dev.skein.review.run.ReviewParts.MissedLines;
import dev.skein.review.run.ReviewParts.Part;
import dev.skein.review.run.ReviewParts.Seal;
import dev.skein.review.run.ReviewParts.Taken;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/** Brings the leader what an attempt found: findings in parts, and last the seal. */
public final class Delivery {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = 3;
    private static final int RAW_MAX = 200 << 10; // of a part, so that it stays within its bound however it packs

    private final Bus bus;

    public Delivery(Bus bus) {
        this.bus = bus;
    }

    /** Findings cut into parts. */
    public static List<Part> parts(Attempt attempt, List<Finding> findings) {
        var parts = new ArrayList<Part>();
        var lines = new ByteArrayOutputStream();
        int held = 0;
        for (var finding : findings) {
            var line = line(writer -> writer.write(finding));
            if (held > 0 && (held == ReviewParts.FINDINGS_MAX || lines.size() + line.length > RAW_MAX)) {
                parts.add(new Part(attempt, parts.size(), held, packed(lines)));
                lines.reset();
                held = 0;
            }
            lines.writeBytes(line);
            held++;
        }
        if (held > 0) {
            parts.add(new Part(attempt, parts.size(), held, packed(lines)));
        }
        return parts;
    }

    /** One each as JSON. */
    public static List<String> rules(List<Rule> rules) {
        return rules.stream()
                .map(rule -> new String(line(writer -> writer.write(rule)), StandardCharsets.UTF_8).strip())
                .toList();
    }

    /** One each as JSON. */
    public static List<String> gaps(List<Gap> gaps) {
        return gaps.stream().map(gap -> json(MissedLines.of(gap))).toList();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records are always JSON", e);
        }
    }

    /** Something to be written. */
    @FunctionalInterface
    private interface Written {
        void to(FindingWriter writer) throws IOException;
    }

    private static byte[] line(Written written) {
        var line = new ByteArrayOutputStream();
        try (var writer = new FindingWriter(line)) {
            written.to(writer);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every byte", e);
        }
        return line.toByteArray();
    }

    private static byte[] packed(ByteArrayOutputStream lines) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            lines.writeTo(gzip);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every byte", e);
        }
        return packed.toByteArray();
    }

    /** False when another attempt counts. */
    public Future<Boolean> deliver(List<Part> parts, Seal seal) {
        var last = Future.succeededFuture(new Taken(true));
        for (var part : parts) {
            last = last.compose(taken -> then(taken, () -> bus.ask(ReviewParts.PART, part, DEADLINE)));
        }
        return last.compose(taken -> then(taken, () -> bus.ask(ReviewParts.SEAL, seal, DEADLINE)))
                .map(Taken::accepted);
    }

    /** Once one was not taken, no other will be. */
    private static Future<Taken> then(Taken before, Supplier<Future<Taken>> ask) {
        return before.accepted() ? patiently(ask, TRIES) : Future.succeededFuture(before);
    }

    /** What may have been taken is sent again under the same number, which changes nothing. */
    private static Future<Taken> patiently(Supplier<Future<Taken>> ask, int tries) {
        return ask.get().recover(cause -> {
            var problem = Problem.in(cause);
            boolean mayPass =
                    problem != null && (problem.kind() == Problem.Kind.TIMEOUT || problem.kind() == Problem.Kind.BUSY);
            return mayPass && tries > 1 ? patiently(ask, tries - 1) : Future.failedFuture(cause);
        });
    }
}
