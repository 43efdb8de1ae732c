package dev.skein.index.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardLayoutTest {
    @ParameterizedTest
    @CsvSource({
        "a/src/main/java/p/A.java, a/src/main/java",
        "a/src/main/java/gen/p/A.java, a/src/main/java/gen",
        "a/src/main/java2/A.java, a",
        "a/A.java, a"
    })
    void a_file_belongs_to_the_deepest_root_above_it(String path, String root) {
        var layout = new ShardLayout(new TreeSet<>(Set.of("a", "a/src/main/java", "a/src/main/java/gen")));

        assertThat(layout.root(path)).contains(root);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"b/A.java", "a", "../a/A.java", "a/../../A.java", "/a/A.java", "a//A.java", "a\\A.java", ""})
    void a_file_outside_of_all_roots_belongs_to_none(String path) {
        assertThat(new ShardLayout(new TreeSet<>(Set.of("a"))).root(path)).isEmpty();
    }

    @Test
    void a_large_root_is_split_by_package() {
        var bytes = new TreeMap<String, Long>();
        bytes.put("r/a/A.java", 60L);
        bytes.put("r/a/x/X.java", 60L);
        bytes.put("r/b/B.java", 50L);
        bytes.put("r/c/C.java", 10L);
        bytes.put("r/D.java", 10L);

        var layout = ShardLayout.of(List.of("r"), bytes, 100);

        assertThat(layout.roots()).containsExactly("r", "r/a", "r/a/x");
    }

    @Test
    void random_workspaces_have_every_file_in_one_shard_that_is_not_too_large() {
        for (int round = 0; round < 200; round++) {
            int seed = round;
            var random = new Random(seed);
            var bytes = new TreeMap<String, Long>();
            for (int i = 0; i < 60; i++) {
                bytes.put(path(random), 1L + random.nextInt(40));
            }
            var layout = ShardLayout.of(List.of("p", "p/q", ""), bytes, 100);
            var sizes = new HashMap<String, Long>();
            bytes.forEach((path, size) -> sizes.merge(layout.root(path).orElseThrow(), size, Long::sum));

            sizes.forEach((root, size) -> assertThat(size <= 100 || size == own(root, bytes))
                    .as("seed %d, %s has %d", seed, root, size)
                    .isTrue());
        }
    }

    /** Bytes of the files in a directory itself, which cannot be split. */
    private static long own(String root, TreeMap<String, Long> bytes) {
        return bytes.entrySet().stream()
                .filter(each -> each.getKey().lastIndexOf('/') == root.length()
                        || root.isEmpty() && !each.getKey().contains("/"))
                .filter(each -> each.getKey().startsWith(root))
                .mapToLong(each -> each.getValue())
                .sum();
    }

    private static String path(Random random) {
        var path = new StringBuilder();
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            path.append("pqr".charAt(random.nextInt(3))).append('/');
        }
        return path.append("F").append(random.nextInt(50)).append(".java").toString();
    }

    @ParameterizedTest
    @CsvSource({
        "core/src/main/java/p/A.java, core/src/main/java",
        "src/testFixtures/java/A.java, src/testFixtures/java",
        "x/y/src/it/java/p/src/main/java/A.java, x/y/src/it/java/p/src/main/java",
        "src/p/A.java, src",
        "p/A.java, ''"
    })
    void source_roots_follow_maven_and_gradle(String path, String root) {
        assertThat(SourceRoots.of(List.of(path))).containsExactly(root);
    }
}
