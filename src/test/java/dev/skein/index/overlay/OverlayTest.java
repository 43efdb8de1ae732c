package dev.skein.index.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.index.overlay.Overlay.Edit;
import dev.skein.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayTest {
    @TempDir
    Path folder;

    private final Revisions revisions = new Revisions(7);
    private final List<String> changed = new ArrayList<>();
    private TextStore texts;
    private Overlay overlay;

    @BeforeEach
    void open() {
        texts = new TextStore(folder, 40, 100);
        overlay = new Overlay(texts, path -> {
            changed.add(path);
            return revisions.next();
        });
    }

    private Overlay.Change put(String path, long version, String text) {
        return overlay.put(new Edit(path, "s", version, text.getBytes(UTF_8)), 0);
    }

    private String text(String path) {
        var opened = overlay.read(path);
        return opened == null ? null : new String(opened.content(), UTF_8);
    }

    private static void refused(Runnable what, String code) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private long files() throws IOException {
        try (var all = Files.list(folder)) {
            return all.count();
        }
    }

    @Test
    void a_later_version_takes_the_place_of_the_earlier_under_a_higher_revision() {
        var first = put("A.java", 1, "one");
        var second = put("A.java", 5, "two");

        assertThat(first.revision()).isEqualTo(revisions.epoch() + 1);
        assertThat(second.revision()).isEqualTo(revisions.epoch() + 2);
        assertThat(text("A.java")).isEqualTo("two");
        assertThat(texts.bytes()).isEqualTo(3);
    }

    @Test
    void a_version_that_goes_back_is_refused_and_counted_and_the_same_again_is_no_fault() {
        put("A.java", 2, "two");

        refused(() -> put("A.java", 1, "one"), "version_behind");
        refused(() -> put("A.java", 2, "other"), "version_behind");
        assertThat(put("A.java", 2, "two").changed()).isFalse();
        assertThat(put("A.java", 3, "two").changed()).isFalse();
        refused(() -> put("A.java", 2, "two"), "version_behind");
        assertThat(text("A.java")).isEqualTo("two");
        assertThat(overlay.refused()).isEqualTo(3);
        assertThat(changed).containsExactly("A.java");
    }

    @Test
    void a_closed_document_is_gone_and_may_be_opened_with_any_version() {
        put("A.java", 9, "nine");

        assertThat(overlay.close("A.java", "other").changed()).isFalse();
        assertThat(overlay.close("A.java", "s").changed()).isTrue();
        assertThat(overlay.close("A.java", "s").changed()).isFalse();
        assertThat(text("A.java")).isNull();
        assertThat(texts.bytes()).isZero();
        assertThat(put("A.java", 1, "one").changed()).isTrue();
    }

    @Test
    void a_document_is_one_sessions_until_that_is_not_heard_of() {
        put("A.java", 1, "one");
        overlay.put(new Edit("B.java", "t", 1, new byte[1]), 50);

        refused(() -> overlay.put(new Edit("A.java", "t", 2, new byte[1]), 50), "document_open");
        assertThat(overlay.expire(50)).containsExactly("A.java");
        assertThat(overlay.put(new Edit("A.java", "t", 2, new byte[1]), 60).changed())
                .isTrue();
        overlay.renew("t", 100);
        assertThat(overlay.expire(100)).isEmpty();
    }

    @Test
    void a_moved_document_keeps_its_text_and_never_takes_the_place_of_another() {
        put("A.java", 4, "four");
        put("B.java", 1, "one");

        assertThat(overlay.move("A.java", "B.java", "s").changed()).isFalse();
        assertThat(overlay.move("A.java", "C.java", "s").changed()).isTrue();
        assertThat(text("A.java")).isNull();
        assertThat(text("C.java")).isEqualTo("four");
        refused(() -> put("C.java", 3, "three"), "version_behind");
        assertThat(changed).containsExactly("A.java", "B.java", "A.java", "C.java");
    }

    @Test
    void the_oldest_texts_are_on_disk_for_their_owner_alone_and_go_with_their_documents() throws IOException {
        put("A.java", 1, "a".repeat(30));
        put("B.java", 1, "b".repeat(30));

        assertThat(texts.memoryBytes()).isEqualTo(30);
        assertThat(files()).isOne();
        try (var all = Files.list(folder)) {
            assertThat(Files.getPosixFilePermissions(all.findFirst().orElseThrow()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(text("A.java")).isEqualTo("a".repeat(30));
        overlay.close("A.java", "s");
        assertThat(files()).isZero();
    }

    @Test
    void more_bytes_than_may_be_are_refused_and_what_is_open_stays() {
        put("A.java", 1, "a".repeat(60));

        refused(() -> put("B.java", 1, "b".repeat(41)), "overlay_full");
        assertThat(put("A.java", 2, "a".repeat(100)).changed()).isTrue();
        assertThat(overlay.size()).isOne();
        refused(() -> put("C.java", 1, "c".repeat(9 << 20)), "payload_too_large");
    }

    @Test
    void a_text_that_cannot_be_read_back_closes_its_document() throws IOException {
        put("A.java", 1, "a".repeat(50));
        try (var all = Files.list(folder)) {
            Files.delete(all.findFirst().orElseThrow());
        }

        assertThat(text("A.java")).isNull();
        assertThat(overlay.size()).isZero();
        assertThat(texts.bytes()).isZero();
    }

    @Test
    void what_an_earlier_life_left_on_disk_is_taken_away() throws IOException {
        put("A.java", 1, "a".repeat(50));

        new TextStore(folder, 40, 100);

        assertThat(files()).isZero();
    }

    @Test
    void a_later_life_has_higher_revisions_even_when_the_clock_went_back() throws IOException {
        var file = folder.resolve("epoch");
        var first = Revisions.begin(file, 100_000);
        first.next();

        var second = Revisions.begin(file, 50_000);

        assertThat(second.current()).isGreaterThan(first.current());
        Files.writeString(file, "nonsense");
        assertThat(Revisions.begin(file, 200_000).current()).isGreaterThan(second.current());
    }
}
