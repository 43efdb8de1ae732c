package dev.skein.worker.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.job.Job.Progress;
import dev.skein.job.run.JobCall;
import dev.skein.review.Chunk;
import dev.skein.review.Engine;
import dev.skein.review.Engine.Call;
import dev.skein.review.Engine.Look;
import dev.skein.review.Finding;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.Persona;
import dev.skein.review.Rule;
import dev.skein.review.chunk.Chunker;
import dev.skein.review.chunk.Coverage;
import dev.skein.review.chunk.Limits;
import dev.skein.review.finding.Verifier;
import dev.skein.review.finding.lines.FindingWriter;
import dev.skein.review.run.ReviewParts.Attempt;
import dev.skein.review.run.ReviewParts.MissedLines;
import dev.skein.review.run.ReviewParts.Part;
import dev.skein.review.run.ReviewParts.Seal;
import dev.skein.review.run.ReviewParts.Summary;
import dev.skein.review.run.ReviewParts.TaskOrder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One attempt at one unit, without its waiting. Confined to one thread at a time. */
final class TaskReview {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TaskOrder order;
    private final JobCall job;
    private final List<Chunk> chunks = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    TaskReview(TaskOrder order, JobCall job, Sources.Found found) {
        this.order = order;
        this.job = job;
        gaps.addAll(found.gaps());
        var chunker = new Chunker(Limits.DEFAULTS);
        for (var file : found.files()) {
            var cut = chunker.cut(file);
            chunks.addAll(cut.chunks());
            gaps.addAll(cut.gaps());
        }
    }

    String root() {
        return order.root();
    }

    Call call(Persona persona, Map<String, String> notes) {
        return new Call(chunks, persona, notes, this::progress, job.stopped());
    }

    private void progress(int done) {
        double all = Math.max(1, chunks.size());
        job.progress(new Progress(Math.min(1, done / all), done + " of " + chunks.size() + " pieces", null));
    }

    /** What came of it, as it is told. */
    record Reviewed(
            Attempt attempt,
            List<Part> parts,
            List<Finding> findings,
            long lines,
            long seen,
            List<Gap> gaps,
            String fingerprint,
            Summary summary) {
        /** Whether the engine looked at all that it was shown. */
        boolean isWhole() {
            return gaps.stream().noneMatch(Reviewed::isOfEngine);
        }

        private static boolean isOfEngine(Gap gap) {
            return gap.reason() == Gap.Reason.ENGINE || gap.reason() == Gap.Reason.TRUNCATED;
        }

        /** For people: what the engine did not look at. */
        String missing() {
            var missed = gaps.stream().filter(Reviewed::isOfEngine).toList();
            var first = missed.get(0);
            return "%,d of %,d lines were reviewed; %s, line %d: %s"
                    .formatted(seen, lines, first.path(), first.lines().first(), first.detail());
        }

        Seal seal(String worker, long millis) {
            var counts = new TreeMap<String, Long>();
            findings.stream()
                    .filter(finding -> finding.suppression() == null)
                    .forEach(finding -> counts.merge(finding.severity().word(), 1L, Long::sum));
            long shown = counts.values().stream().mapToLong(each -> each).sum();
            return new Seal(
                    attempt,
                    isWhole(),
                    parts.size(),
                    worker,
                    millis,
                    seen,
                    counts,
                    findings.size() - shown,
                    fingerprint,
                    summary);
        }
    }

    /** Believes what is in the text, and counts the lines. */
    Reviewed reviewed(Engine engine, Look look, Persona persona) {
        gaps.addAll(look.gaps());
        var verified = new Verifier(engine.name(), look.model(), order.task()).verify(look.proposals(), chunks);
        var coverage = coverage();
        var attempt = new Attempt(order.run(), order.task(), job.jobId(), job.attempt());
        var summary = new Summary(
                look.model(),
                look.usage(),
                verified.tally().text(),
                look.rules().stream().map(TaskReview::line).toList(),
                gaps.stream().map(gap -> json(MissedLines.of(gap))).toList());
        return new Reviewed(
                attempt,
                Delivery.parts(attempt, verified.findings()),
                verified.findings(),
                coverage.lines(),
                coverage.reviewed(),
                gaps,
                engine.fingerprint(persona),
                summary);
    }

    private Coverage coverage() {
        Map<String, List<Lines>> owned = new TreeMap<>();
        chunks.forEach(chunk -> owned.computeIfAbsent(chunk.file().path(), path -> new ArrayList<>())
                .add(chunk.owned()));
        var all = Coverage.NONE;
        for (var file : order.unit().files()) {
            var of = gaps.stream().filter(gap -> gap.path().equals(file.path())).toList();
            all = all.plus(Coverage.of(file.lines(), owned.getOrDefault(file.path(), List.of()), of));
        }
        return all;
    }

    private static String line(Rule rule) {
        var line = new ByteArrayOutputStream();
        try (var writer = new FindingWriter(line)) {
            writer.write(rule);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every byte", e);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records are always JSON", e);
        }
    }
}
