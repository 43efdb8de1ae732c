package dev.skein.cli.review.fix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.review.Finding;
import dev.skein.review.finding.WellFormed;
import dev.skein.review.fix.BuildError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was learned from fixes that did not stay: JSON lines, the oldest of which go when there are too many. Only for
 * whoever ran them to read. Not thread-safe.
 */
final class Lessons {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long BYTES_MAX = 1 << 20;
    private static final int TEXT_MAX = 2_000;

    private final Path file;
    private final Origin origin;
    private final InstantSource clock;

    /**
     * What all fixes of one run share.
     *
     * @param repository its top
     * @param base whole name of the commit that they began with
     */
    record Origin(String run, Path repository, String base, String command) {}

    Lessons(Path file, Origin origin, InstantSource clock) {
        this.file = file;
        this.origin = origin;
        this.clock = clock;
    }

    Path file() {
        return file;
    }

    /**
     * Adds one.
     *
     * @param tried what was to stand in the place of the quote; null where that must not be kept, or is the whole file
     */
    void add(Finding finding, String reason, List<BuildError> errors, @Nullable String tried) throws IOException {
        var lesson = JSON.createObjectNode().put("at", clock.instant().toString());
        lesson.put("review", origin.run).put("repository", origin.repository.toString());
        lesson.put("base", origin.base).put("command", origin.command);
        lesson.put("path", finding.path()).put("line", finding.region().startLine());
        lesson.put("rule", finding.rule()).put("fingerprint", finding.fingerprint());
        lesson.put("engine", finding.engine()).put("model", finding.model());
        lesson.put("reason", cut(reason));
        if (tried != null) {
            lesson.put("quote", cut(finding.quote())).put("tried", cut(tried));
        }
        var list = lesson.putArray("errors");
        for (var error : errors) {
            list.addObject()
                    .put("path", cut(error.path()))
                    .put("line", error.line())
                    .put("column", error.column())
                    .put("message", cut(error.message()));
        }
        append(lesson);
    }

    private static String cut(String text) {
        return WellFormed.cut(WellFormed.of(text), TEXT_MAX);
    }

    private void append(ObjectNode lesson) throws IOException {
        var rights = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var open = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        try (var channel = Files.newByteChannel(file, open, rights)) {
            channel.write(StandardCharsets.UTF_8.encode(line(lesson)));
        }
        if (Files.size(file) > BYTES_MAX) {
            forgetOldest();
        }
    }

    private static String line(ObjectNode lesson) throws JsonProcessingException {
        return JSON.writeValueAsString(lesson) + "\n";
    }

    private void forgetOldest() throws IOException {
        var lines = Files.readAllLines(file);
        var newer = lines.subList(lines.size() / 2, lines.size());
        var written = Files.createTempFile(file.getParent(), "lessons", ".new");
        Files.write(written, newer);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
