package dev.skein.worker.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.index.cache.ShardCache;
import dev.skein.index.feed.Digest;
import dev.skein.index.feed.Feeds.Begin;
import dev.skein.index.feed.Feeds.Edit;
import dev.skein.index.feed.Feeds.End;
import dev.skein.index.feed.Feeds.Fault;
import dev.skein.index.feed.Feeds.Frame;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.feed.Feeds.Page;
import dev.skein.index.feed.Feeds.Part;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.search.SymbolQuery;
import dev.skein.index.source.ContentHash;
import dev.skein.kernel.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaTest {
    private static final Ref SHARD = new Ref("w", "src", 3);
    private static final String ROUTER = "router@1";
    private static final Instant NOW = Instant.EPOCH.plusSeconds(1_000);

    @TempDir
    Path folder;

    private final JavaExtractor extractor = new JavaExtractor();
    private Replica replica;

    @BeforeEach
    void begin() {
        replica = fresh();
        replica.begin(new Begin(SHARD, ROUTER, 1, "/srv/src", null));
    }

    private Replica fresh() {
        return new Replica("src", new Holdings("/srv/src", new ShardCache(folder)));
    }

    private Replica restarted() {
        var holdings = new Holdings("/srv/src", new ShardCache(folder));
        holdings.load();
        var restarted = new Replica("src", holdings);
        restarted.loaded();
        return restarted;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Item item(String path, String text) {
        return new Item(path, bytes(text).length, 5, ContentHash.of(bytes(text)));
    }

    private static Part part(String path, String text) {
        return new Part(item(path, text), 0, bytes(text));
    }

    private void send(String path, String text) {
        replica.frame(new Frame(SHARD, ROUTER, 5, List.of(part(path, text))), extractor);
    }

    private List<String> page(List<Item> items, String... removed) {
        return replica.page(new Page(SHARD, ROUTER, 5, items, List.of(removed))).paths();
    }

    private void end(boolean whole) {
        replica.end(new End(SHARD, ROUTER, whole, List.of(), 77, 4), NOW);
    }

    private static List<String> found(Replica in, String query) {
        return in.symbols().search(SymbolQuery.of(query, 100), () -> false).hits().stream()
                .map(hit -> hit.path() + "#" + hit.symbol().identifier())
                .toList();
    }

    @Test
    void only_what_lacks_is_asked_for_and_what_was_not_named_goes_at_the_end() {
        send("src/A.java", "class A {}");
        send("src/Old.java", "class Old {}");
        replica.begin(new Begin(SHARD, ROUTER, 1, "/srv/src", null));

        var lacking = page(List.of(item("src/A.java", "class A {}"), item("src/B.java", "class B {}")));
        send("src/B.java", "class B {}");
        end(true);

        assertThat(lacking).containsExactly("src/B.java");
        assertThat(found(replica, "")).containsExactly("src/A.java#A", "src/B.java#B");
    }

    @Test
    void a_file_that_goes_and_comes_under_another_name_needs_no_content() {
        send("src/A.java", "class A {}");
        end(true);

        assertThat(page(List.of(item("src/b/A.java", "class A {}")), "src/A.java"))
                .isEmpty();
        assertThat(found(replica, "A")).containsExactly("src/b/A.java#A");
    }

    @Test
    void an_older_assignment_and_another_router_are_refused_and_change_nothing() {
        send("src/A.java", "class A {}");
        var older = new Ref("w", "src", 2);
        var newer = new Ref("w", "src", 4);

        assertThatThrownBy(() -> replica.begin(new Begin(older, ROUTER, 1, "/srv/src", null)))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.code()).isEqualTo("stale_epoch"));
        assertThatThrownBy(() -> replica.page(new Page(older, ROUTER, 5, List.of(), List.of("src/A.java"))))
                .hasMessageContaining("assignment 2 is over");
        assertThatThrownBy(() -> replica.page(new Page(newer, ROUTER, 5, List.of(), List.of("src/A.java"))))
                .hasMessageContaining("has to begin first");
        assertThatThrownBy(() -> replica.page(new Page(SHARD, "router@2", 6, List.of(), List.of("src/A.java"))))
                .hasMessageContaining("has to begin first");
        assertThat(found(replica, "A")).containsExactly("src/A.java#A");
    }

    @Test
    void a_path_outside_the_shard_is_refused_with_everything_around_it() {
        for (var path : List.of("other/B.java", "src/../B.java", "/src/B.java", "srcs/B.java", "src//B.java")) {
            var frame =
                    new Frame(SHARD, ROUTER, 5, List.of(part("src/A.java", "class A {}"), part(path, "class B {}")));

            assertThatThrownBy(() -> replica.frame(frame, extractor))
                    .as(path)
                    .isInstanceOfSatisfying(
                            Problem.class, refused -> assertThat(refused.code()).isEqualTo("path_outside_shard"));
        }
        assertThat(found(replica, "")).isEmpty();
    }

    @Test
    void a_large_file_is_put_together_and_a_gap_or_a_wrong_content_is_refused() {
        var text = "class A { int field; }";
        var item = item("src/A.java", text);
        var first = new Part(item, 0, Arrays.copyOfRange(bytes(text), 0, 9));
        var rest = new Part(item, 9, Arrays.copyOfRange(bytes(text), 9, bytes(text).length));
        var other = new Part(item("src/A.java", "class A { int fields; }"), 0, bytes("class A { int fieldx; }"));

        assertThat(replica.frame(new Frame(SHARD, ROUTER, 5, List.of(first)), extractor))
                .isZero();
        assertThat(replica.frame(new Frame(SHARD, ROUTER, 5, List.of(rest)), extractor))
                .isOne();
        assertThat(found(replica, "field")).containsExactly("src/A.java#field");
        assertThatThrownBy(() -> replica.frame(new Frame(SHARD, ROUTER, 5, List.of(rest)), extractor))
                .hasMessageContaining("does not continue");
        assertThatThrownBy(() -> replica.frame(new Frame(SHARD, ROUTER, 5, List.of(other)), extractor))
                .hasMessageContaining("is not what it says");
    }

    @Test
    void what_the_cache_has_counts_as_whole_and_as_old_until_the_router_has_said_so() {
        send("src/A.java", "class A {}");
        end(true);
        replica.save();

        var restarted = restarted();

        assertThat(found(restarted, "A")).containsExactly("src/A.java#A");
        assertThat(restarted.standing().complete()).isTrue();
        assertThat(restarted.standing().isStale(NOW, Duration.ofSeconds(10))).isTrue();
        assertThat(restarted.standing().comparedMillis()).isEqualTo(77);
        restarted.begin(new Begin(SHARD, "router@2", 2, "/srv/src", null));
        assertThat(restarted
                        .page(new Page(SHARD, "router@2", 6, List.of(item("src/A.java", "class A {}")), List.of()))
                        .paths())
                .isEmpty();
        restarted.end(new End(SHARD, "router@2", true, List.of(), 88, 6), NOW);
        assertThat(restarted.standing().isStale(NOW, Duration.ofSeconds(10))).isFalse();
    }

    private boolean isSame(Replica in, Item... items) {
        return in.begin(new Begin(SHARD, ROUTER, 1, "/srv/src", Digest.of(List.of(items))));
    }

    @Test
    void a_shard_with_exactly_what_there_is_needs_no_pages_and_loses_nothing_at_the_end() {
        send("src/A.java", "class A {}");
        send("src/B.java", "class B {}");
        end(true);
        replica.save();
        var restarted = restarted();
        var a = item("src/A.java", "class A {}");
        var b = item("src/B.java", "class B {}");

        assertThat(isSame(restarted, a)).isFalse();
        assertThat(isSame(restarted, a, item("src/B.java", "class C {}"))).isFalse();
        assertThat(isSame(restarted, a, item("src/C.java", "class B {}"))).isFalse();
        assertThat(isSame(restarted, a, b)).isTrue();
        restarted.end(new End(SHARD, ROUTER, true, List.of(), 88, 6), NOW);

        assertThat(found(restarted, "")).containsExactly("src/A.java#A", "src/B.java#B");
        assertThat(restarted.standing().isStale(NOW, Duration.ofSeconds(10))).isFalse();
    }

    @Test
    void a_shard_whose_texts_are_lost_is_not_the_same() throws IOException {
        send("src/A.java", "class A {}");
        end(true);
        replica.save();
        try (var files = Files.newDirectoryStream(folder, "*.texts")) {
            for (var file : files) {
                Files.delete(file);
            }
        }

        assertThat(isSame(restarted(), item("src/A.java", "class A {}"))).isFalse();
    }

    @Test
    void a_forgotten_shard_leaves_nothing_on_disk() throws IOException {
        send("src/A.java", "class A {}");
        end(true);
        replica.save();

        replica.forget();

        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void a_shard_is_fresh_after_a_whole_round_and_only_for_a_while() {
        end(false);
        assertThat(replica.standing().complete()).isFalse();
        end(true);

        assertThat(replica.standing().isStale(NOW.plusSeconds(10), Duration.ofSeconds(10)))
                .isFalse();
        assertThat(replica.standing().isStale(NOW.plusSeconds(11), Duration.ofSeconds(10)))
                .isTrue();
        replica.assigned(4);
        assertThat(replica.standing().isStale(NOW, Duration.ofSeconds(10))).isTrue();
    }

    private boolean edit(long revision, String path, String text) {
        var part = text == null ? null : part(path, text);
        return replica.edit(new Edit(SHARD, ROUTER, revision, path, part), extractor);
    }

    private void round(long revision, String path, String text) {
        replica.page(new Page(SHARD, ROUTER, revision, List.of(item(path, text)), List.of()));
        replica.frame(new Frame(SHARD, ROUTER, revision, List.of(part(path, text))), extractor);
    }

    @Test
    void an_edit_is_found_at_once_and_so_is_that_a_file_is_gone() {
        assertThat(edit(6, "src/A.java", "class A {}")).isTrue();
        assertThat(found(replica, "")).containsExactly("src/A.java#A");
        assertThat(edit(7, "src/A.java", "class B {}")).isTrue();
        assertThat(found(replica, "")).containsExactly("src/A.java#B");
        assertThat(edit(8, "src/A.java", null)).isTrue();
        assertThat(found(replica, "")).isEmpty();
        assertThatThrownBy(() -> edit(9, "other/A.java", "class A {}")).hasMessageContaining("outside the root");
    }

    @Test
    void of_a_round_and_an_edit_that_overtake_each_other_the_one_that_was_read_later_stays() {
        edit(9, "src/A.java", "class New {}");
        round(8, "src/A.java", "class Old {}");
        assertThat(found(replica, "")).containsExactly("src/A.java#New");

        round(10, "src/A.java", "class Newer {}");
        assertThat(edit(9, "src/A.java", "class New {}")).isFalse();
        assertThat(found(replica, "")).containsExactly("src/A.java#Newer");

        replica.page(new Page(SHARD, ROUTER, 9, List.of(), List.of("src/A.java")));
        assertThat(found(replica, "")).containsExactly("src/A.java#Newer");
        replica.page(new Page(SHARD, ROUTER, 11, List.of(), List.of("src/A.java")));
        assertThat(edit(10, "src/A.java", "class Newer {}")).isFalse();
        assertThat(found(replica, "")).isEmpty();
    }

    @Test
    void a_file_that_was_edited_during_a_whole_round_is_not_dropped_at_its_end() {
        page(List.of());
        edit(6, "src/A.java", "class A {}");

        end(true);

        assertThat(found(replica, "")).containsExactly("src/A.java#A");
    }

    @Test
    void an_earlier_life_of_a_router_cannot_take_a_shard_back() {
        replica.begin(new Begin(SHARD, "router@2", 2, "/srv/src", null));

        assertThatThrownBy(() -> replica.begin(new Begin(SHARD, ROUTER, 1, "/srv/src", null)))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.code()).isEqualTo("stale_router"));
        assertThatThrownBy(() -> edit(9, "src/A.java", "class A {}")).hasMessageContaining("has to begin first");
    }

    @Test
    void a_shard_has_the_changes_of_documents_that_its_router_says_it_has() {
        assertThat(replica.standing().revision()).isZero();
        end(false);
        assertThat(replica.standing().revision()).isZero();
        end(true);
        assertThat(replica.standing().revision()).isEqualTo(4);
    }

    @Test
    void a_binary_is_named_after_a_restart_and_a_move_too() {
        send("src/Binary.java", "class \0\0 {}");
        send("src/Empty.java", "");
        end(true);
        replica.save();

        replica = restarted();
        replica.begin(new Begin(SHARD, ROUTER, 1, "/srv/src", null));
        page(List.of(item("src/Moved.java", "class \0\0 {}")), "src/Binary.java");
        end(false);

        assertThat(replica.faults()).containsExactly(new Fault("src/Moved.java", "binary"));
    }

    @Test
    void files_whose_declarations_are_not_all_there_are_named_after_a_restart_too() {
        send("src/Deep.java", "class A {".repeat(300));
        send("src/Many.java", "class A {" + "int a;".repeat(JavaExtractor.DECLARATIONS_MAX));
        send("src/A.java", "class A {}");
        end(true);
        replica.save();

        replica = restarted();
        replica.begin(new Begin(SHARD, ROUTER, 1, "/srv/src", null));
        end(false);

        assertThat(replica.faults())
                .containsExactlyInAnyOrder(
                        new Fault("src/Deep.java", "too_deep"), new Fault("src/Many.java", "too_many"));
    }

    @Test
    void a_text_that_was_damaged_on_disk_is_asked_for_again() throws IOException {
        send("src/A.java", "class A {}");
        end(true);
        replica.save();
        damageTexts();
        replica = restarted();
        replica.begin(new Begin(SHARD, ROUTER, 1, "/srv/src", null));
        assertThat(page(List.of(item("src/A.java", "class A {}")))).isEmpty();
        end(true);

        replica.code().warm();
        replica.requireTexts();

        assertThatThrownBy(() -> end(false)).hasMessageContaining("has to begin first");
        replica.begin(new Begin(SHARD, ROUTER, 1, "/srv/src", null));
        assertThat(page(List.of(item("src/A.java", "class A {}")))).containsExactly("src/A.java");
    }

    private void damageTexts() throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*.texts")) {
            for (var file : files) {
                var bytes = Files.readAllBytes(file);
                bytes[bytes.length - 1]++;
                Files.write(file, bytes);
            }
        }
    }
}
