package dev.skein.index.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.source.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardCacheTest {
    private static final CacheKey KEY = new CacheKey("/w/src", CacheKey.SCANNER);
    private static final ContentHash CONTENT = new ContentHash(-5, 7);

    @TempDir
    private Path directory;

    private ShardCache cache;

    @BeforeEach
    void open() {
        cache = new ShardCache(directory.resolve("cache"));
    }

    @Test
    void what_is_saved_is_loaded() throws IOException {
        cache.save(KEY, cached(9));

        assertThat(cache.load(KEY)).isInstanceOfSatisfying(Loaded.Hit.class, hit -> {
            var file = hit.cached().files().get("p/A.java");
            assertThat(hit.cached().writtenMillis()).isEqualTo(9);
            assertThat(file.content()).isEqualTo(CONTENT);
            assertThat(file.table().symbols()).hasSize(2);
        });
    }

    @Test
    void a_later_save_replaces_the_one_before_and_leaves_nothing_behind() throws IOException {
        cache.save(KEY, cached(1));
        cache.save(KEY, cached(2));

        assertThat(cache.load(KEY))
                .isInstanceOfSatisfying(
                        Loaded.Hit.class,
                        hit -> assertThat(hit.cached().writtenMillis()).isEqualTo(2));
        try (var files = Files.list(file().getParent())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void nothing_saved_is_a_miss() {
        assertThat(cache.load(KEY)).isEqualTo(new Loaded.Miss("absent"));
    }

    @Test
    void another_roots_symbols_are_a_miss() throws IOException {
        var other = new CacheKey("/w/other", CacheKey.SCANNER);
        cache.save(other, cached(1));
        Files.move(file().resolveSibling(other.fileName()), file());

        assertThat(cache.load(KEY)).isEqualTo(new Loaded.Miss("another shard's"));
    }

    @Test
    void every_changed_byte_is_a_miss() throws IOException {
        cache.save(KEY, cached(1));
        var bytes = Files.readAllBytes(file());
        for (int i = 0; i < bytes.length; i++) {
            var changed = bytes.clone();
            changed[i] ^= 0x40;
            Files.write(file(), changed);

            assertThat(cache.load(KEY)).as("byte %d", i).isInstanceOf(Loaded.Miss.class);
        }
    }

    @Test
    void every_shorter_file_and_a_longer_one_are_a_miss() throws IOException {
        cache.save(KEY, cached(1));
        var bytes = Files.readAllBytes(file());
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file(), Arrays.copyOf(bytes, length));
            assertThat(cache.load(KEY)).as("length %d", length).isInstanceOf(Loaded.Miss.class);
        }
        Files.write(file(), Arrays.copyOf(bytes, bytes.length + 1));
        assertThat(cache.load(KEY)).isEqualTo(new Loaded.Miss("another length than announced"));
    }

    @Test
    void a_copy_in_stretches_is_what_was_copied_and_one_that_is_not_whole_is_not_seen() throws IOException {
        cache.save(KEY, cached(7));
        var other = new ShardCache(directory.resolve("other"));
        try (var copy = new CacheCopy(other, KEY)) {
            copy.next();
            copy.add(cache.stretch(KEY, 0, 0, 10));
        }
        assertThat(other.load(KEY)).isEqualTo(new Loaded.Miss("absent"));

        try (var copy = new CacheCopy(other, KEY)) {
            copy.next();
            long bytes = cache.parts(KEY).get(0);
            for (long offset = 0; offset < bytes; offset += 10) {
                copy.add(cache.stretch(KEY, 0, offset, 10));
            }
            copy.install();
        }

        assertThat(other.load(KEY)).isInstanceOf(Loaded.Hit.class);
        try (var files = Files.list(directory.resolve("other"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void what_was_of_no_use_for_long_is_swept_unless_it_is_held() throws IOException {
        var other = new CacheKey("/w/other", CacheKey.SCANNER);
        var late = new CacheKey("/w/late", CacheKey.SCANNER);
        for (var key : List.of(KEY, other, late)) {
            cache.save(key, cached(1));
            Files.writeString(cache.texts(key), "texts");
            cache.use(key, key == late ? 2_000 : 1_000);
        }

        assertThat(cache.entries()).extracting(ShardCache.Entry::key).startsWith(late);
        assertThat(cache.sweep(1_500, KEY::equals)).isOne();

        assertThat(cache.entries()).extracting(ShardCache.Entry::key).containsExactly(late, KEY);
        assertThat(cache.texts(other)).doesNotExist();
    }

    @Test
    void what_cannot_be_put_in_its_place_is_not_left_beside_it() throws IOException {
        Files.createDirectories(file().resolve("full"));

        assertThatIOException().isThrownBy(() -> cache.save(KEY, cached(1)));

        try (var files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void what_was_being_written_when_somebody_was_killed_is_swept() throws IOException {
        var left = cache.fresh();
        var begun = cache.fresh();
        Files.setLastModifiedTime(left, FileTime.fromMillis(1_000));

        cache.sweep(2_000, KEY::equals);

        assertThat(left).doesNotExist();
        assertThat(begun).exists();
    }

    @Test
    void a_link_is_a_miss() throws IOException {
        cache.save(KEY, cached(1));
        var elsewhere = Files.move(file(), directory.resolve("elsewhere"));
        Files.createSymbolicLink(file(), elsewhere);

        assertThat(cache.load(KEY)).isEqualTo(new Loaded.Miss("no regular file"));
    }

    @Test
    void size_and_time_say_nothing_about_a_file_changed_shortly_before() {
        var file = cached(1).files().get("p/A.java");

        assertThat(file.isSurely(20, 1_000, 3_001)).isTrue();
        assertThat(file.isSurely(20, 1_000, 3_000)).isFalse();
        assertThat(file.isSurely(21, 1_000, 9_000)).isFalse();
        assertThat(file.isSurely(20, 1_001, 9_000)).isFalse();
    }

    private Path file() {
        return directory.resolve("cache").resolve(KEY.fileName());
    }

    private static Cached cached(long writtenMillis) {
        var table = new JavaExtractor().extract("class A { int b; }").table();
        return new Cached(writtenMillis, Map.of("p/A.java", new Cached.File(CONTENT, 20, 1_000, table)));
    }
}
