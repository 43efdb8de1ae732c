package dev.skein.index.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.index.match.Query;
import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.source.ContentHash;
import dev.skein.index.symbol.SymbolKind;
import dev.skein.index.symbol.SymbolTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class ShardSymbolsTest {
    private static final ContentHash CONTENT = new ContentHash(1, 2);
    private static final String[] WORDS = {"get", "Set", "Foo", "bar", "X", "é", "_", "1"};

    private final ShardSymbols shard = new ShardSymbols();

    @Test
    void a_replaced_file_has_its_new_symbols_only() {
        shard.replace("A.java", CONTENT, table("class A { int old; }"));
        shard.replace("A.java", CONTENT, table("class A { int young; }"));

        assertThat(names(SymbolQuery.of("", 10))).containsExactly("A", "young");
        assertThat(shard.size().symbols()).isEqualTo(2);
    }

    @Test
    void a_removed_file_is_gone() {
        shard.replace("A.java", CONTENT, table("class A { int a; }"));
        shard.replace("B.java", CONTENT, table("class B { int a; }"));

        assertThat(shard.remove("A.java")).isTrue();
        assertThat(shard.remove("A.java")).isFalse();
        assertThat(names(SymbolQuery.of("", 10))).containsExactly("B", "a");
        assertThat(shard.size().files()).isEqualTo(1);
    }

    @Test
    void a_renamed_file_keeps_its_symbols_under_its_new_path() {
        shard.replace("A.java", CONTENT, table("class A {}"));

        assertThat(shard.rename("A.java", "b/A.java")).isTrue();
        assertThat(shard.content("b/A.java")).contains(CONTENT);
        assertThat(find(SymbolQuery.of("A", 10)).hits()).extracting(Hit::path).containsExactly("b/A.java");
    }

    @Test
    void a_qualifier_narrows_to_what_is_within_it() {
        shard.replace("A.java", CONTENT, table("package p.q; class A { int size; class Map { void size() {} } }"));

        assertThat(keys(SymbolQuery.of("Map.size", 10))).containsExactly("p.q.A.Map#size/0");
        assertThat(keys(SymbolQuery.of("q#A", 10))).containsExactly("p.q.A", "p.q.A.Map");
        assertThat(keys(SymbolQuery.of("p.q", 10))).contains("p.q");
        assertThat(keys(SymbolQuery.of("zz.size", 10))).isEmpty();
    }

    @Test
    void only_the_kinds_asked_for_are_found_and_counted() {
        shard.replace("A.java", CONTENT, table("class A { int a; void a() {} A() {} }"));
        var query = new SymbolQuery(Query.of("a"), Set.of(SymbolKind.METHOD), 10, SymbolQuery.Order.SKEIN);

        assertThat(keys(query)).containsExactly("A#a/0");
        assertThat(find(query).total()).isEqualTo(1);
    }

    @Test
    void nova_shows_one_of_a_name_and_file_and_no_extras() {
        shard.replace("A.java", CONTENT, table("package a; class A<a> { void a() {} void a(int b) {} A() {} }"));
        shard.replace("B.java", CONTENT, table("package a; enum B { C { void a() {} } }"));

        assertThat(keys(SymbolQuery.nova("a", 10))).containsExactly("a.A", "a.A#a/0");
        assertThat(find(SymbolQuery.of("a", 10)).total()).isEqualTo(8);
    }

    @Test
    void a_cancelled_search_ends() {
        shard.replace("A.java", CONTENT, table("class A {}"));

        assertThatThrownBy(() -> shard.search(SymbolQuery.of("a", 1), () -> true))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void random_histories_find_what_a_full_sort_of_everything_finds() {
        for (int seed = 0; seed < 60; seed++) {
            history(new Random(seed), seed);
        }
    }

    private static void history(Random random, int seed) {
        var shards = List.of(new ShardSymbols(), new ShardSymbols());
        var reference = new ReferenceIndex();
        for (int step = 0; step < 60; step++) {
            change(random, shards, reference);
            var text = random.nextInt(6) == 0 ? "" : word(random, 2);
            int limit = 1 + random.nextInt(12);
            var query = random.nextBoolean() ? SymbolQuery.nova(text, limit) : SymbolQuery.of(text, limit);
            var parts =
                    shards.stream().map(each -> each.search(query, () -> false)).toList();

            var found = Found.merge(parts, query);
            var expected = reference.search(text, query);
            assertThat(found.hits())
                    .as("seed %d, step %d, query '%s'", seed, step, text)
                    .isEqualTo(expected.hits());
            assertThat(found.total()).isEqualTo(expected.total());
        }
    }

    private static void change(Random random, List<ShardSymbols> shards, ReferenceIndex reference) {
        int file = random.nextInt(8);
        var path = "p" + file + "/A.java";
        var shard = shards.get(file % shards.size());
        if (random.nextInt(5) == 0) {
            assertThat(shard.remove(path)).isEqualTo(reference.remove(path));
            return;
        }
        var table = table(source(random));
        shard.replace(path, CONTENT, table);
        reference.replace(path, CONTENT, table);
    }

    private static String source(Random random) {
        var members = new ArrayList<String>();
        for (int i = random.nextInt(8); i > 0; i--) {
            var name = "x" + word(random, 3);
            members.add(
                    random.nextBoolean() ? "int " + name.substring(random.nextInt(2)) + ";" : "void " + name + "() {}");
        }
        return "class " + word(random, 2).replaceAll("^[0-9]+", "Q") + "<T> {" + String.join(" ", members) + "}";
    }

    private static String word(Random random, int most) {
        var word = new StringBuilder();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            word.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return word.toString();
    }

    private Found find(SymbolQuery query) {
        return shard.search(query, () -> false);
    }

    private List<String> names(SymbolQuery query) {
        return find(query).hits().stream().map(hit -> hit.symbol().identifier()).toList();
    }

    private List<String> keys(SymbolQuery query) {
        return find(query).hits().stream().map(hit -> hit.symbol().key()).toList();
    }

    private static SymbolTable table(String text) {
        return new JavaExtractor().extract(text).table();
    }
}
