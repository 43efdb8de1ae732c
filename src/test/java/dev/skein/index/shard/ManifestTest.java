package dev.skein.index.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.index.source.ContentHash;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final ContentHash ONE = new ContentHash(1, 1);
    private static final ContentHash TWO = new ContentHash(2, 2);

    @Test
    void only_other_contents_count_as_changed() {
        var manifest = new Manifest(Map.of("a", entry(ONE), "b", entry(TWO), "c", entry(ONE)));

        var difference = manifest.from(Map.of("a", ONE, "b", ONE, "d", TWO));

        assertThat(difference.changed()).containsExactly("b", "c");
        assertThat(difference.removed()).containsExactly("d");
    }

    @Test
    void nothing_moves_when_all_is_there() {
        assertThat(new Manifest(Map.of("a", entry(ONE))).from(Map.of("a", ONE)).isEmpty())
                .isTrue();
    }

    private static Manifest.Entry entry(ContentHash content) {
        return new Manifest.Entry(1, 2, content);
    }
}
