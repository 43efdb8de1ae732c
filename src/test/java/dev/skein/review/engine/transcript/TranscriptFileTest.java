package dev.skein.review.engine.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.kernel.Problem;
import dev.skein.review.engine.transcript.Transcript.Entry;
import dev.skein.review.engine.transcript.Transcript.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class TranscriptFileTest {
    @TempDir
    private Path folder;

    @Test
    void without_a_file_nothing_is_kept() {
        assertThat(TranscriptFile.open(TranscriptConfig.DEFAULTS, () -> Instant.EPOCH))
                .isSameAs(Transcript.NONE);
    }

    @Test
    void each_request_is_a_line_that_its_owner_alone_reads() throws IOException {
        var file = folder.resolve("t.jsonl");
        write(file, 64 << 20, "first\nline", "second");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        var first = new ObjectMapper().readTree(lines.get(0));
        assertThat(first.path("at").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(first.path("talk").path(0).path("text").asText()).isEqualTo("first\nline");
        assertThat(first.path("answer").asText()).isEqualTo("yes");
        assertThat(first.path("millis").asInt()).isEqualTo(7);
    }

    @Test
    void a_file_that_is_full_is_put_aside_and_the_oldest_goes() throws IOException {
        var file = folder.resolve("t.jsonl");
        write(file, 4 << 10, "a".repeat(3_000), "b".repeat(3_000), "c".repeat(3_000), "d".repeat(3_000));

        assertThat(Files.readString(file)).contains("ddd");
        assertThat(Files.readString(folder.resolve("t.jsonl.1"))).contains("ccc");
        assertThat(Files.readString(folder.resolve("t.jsonl.2"))).contains("bbb");
        assertThat(folder.resolve("t.jsonl.3")).doesNotExist();
    }

    @Test
    void a_link_is_not_followed() throws IOException {
        var target = Files.writeString(folder.resolve("target"), "mine");
        var link = Files.createSymbolicLink(folder.resolve("link"), target);

        assertThatThrownBy(() -> write(link, 64 << 20, "x"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("review.transcript")
                .hasMessageContaining("link");
        assertThat(target).hasContent("mine");
    }

    @Test
    void a_file_that_others_can_read_is_warned_of() throws IOException {
        var file = Files.createFile(folder.resolve("wide"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        var heard = new ListAppender<ILoggingEvent>();
        heard.start();
        var log = (Logger) LoggerFactory.getLogger(TranscriptFile.class);
        log.addAppender(heard);
        write(file, 64 << 20, "x");
        log.detachAppender(heard);

        assertThat(heard.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains("0600");
    }

    private static void write(Path file, long bytes, String... texts) {
        try (var transcript = TranscriptFile.open(new TranscriptConfig(file, bytes, 3), () -> Instant.EPOCH)) {
            for (var text : texts) {
                transcript.note(
                        new Entry("http://h", "m", List.of(new Said("user", text)), "yes", "", Duration.ofMillis(7)));
            }
        }
    }
}
