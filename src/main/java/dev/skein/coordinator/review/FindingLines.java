package dev.skein.coordinator.review;

import dev.skein.review.Finding;
import dev.skein.review.finding.lines.FindingReader;
import dev.skein.review.finding.lines.FindingWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Findings as workers send them and as they are kept. */
final class FindingLines {
    private static final int BYTES_MAX = 16 << 20; // of one part, unpacked

    private FindingLines() {}

    static String kept(byte[] part) {
        return Base64.getEncoder().encodeToString(part);
    }

    /** The findings of one part; fails when it is none. */
    static List<Finding> of(String kept) {
        try (var packed = new GZIPInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(kept)))) {
            var lines = packed.readNBytes(BYTES_MAX);
            var findings = new ArrayList<Finding>();
            try (var reader = new FindingReader(new ByteArrayInputStream(lines))) {
                reader.forEachRemaining(compared -> findings.add(compared.finding()));
            }
            return findings;
        } catch (IOException e) {
            throw new IllegalStateException("a part of a review is damaged", e);
        }
    }

    static List<String> lines(List<Finding> findings) {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new FindingWriter(bytes)) {
            for (var finding : findings) {
                writer.write(finding);
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every byte", e);
        }
        var text = bytes.toString(StandardCharsets.UTF_8);
        return text.isEmpty() ? List.of() : text.lines().toList();
    }
}
