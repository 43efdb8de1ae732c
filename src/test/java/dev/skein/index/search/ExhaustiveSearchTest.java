package dev.skein.index.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.index.match.Query;
import dev.skein.index.search.SymbolQuery.Order;
import dev.skein.index.source.ContentHash;
import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.Span;
import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolKind;
import dev.skein.index.symbol.SymbolTable;
import dev.skein.index.symbol.SymbolTableBuilder;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random names in random files, found by random queries as a look at every single symbol finds them. */
class ExhaustiveSearchTest {
    private static final ContentHash CONTENT = new ContentHash(1, 2);
    private static final Span SPAN = new Span(0, 0, 0, 1);
    private static final SymbolKind[] KINDS = SymbolKind.values();
    private static final String[] WORDS = {
        "get", "Set", "Map", "map", "X", "x", "e", "E", "io", "Util", "_", "$", "1", "22", "é", "ß", "\u212A", ".", "-",
        "HTTP", "value", "Value", "a", "b", "ab", "ba"
    };

    private final ShardSymbols shard = new ShardSymbols();
    private final ReferenceIndex reference = new ReferenceIndex();

    @Test
    void any_query_finds_what_a_look_at_every_symbol_finds() {
        for (int seed = 0; seed < 4; seed++) {
            var random = new Random(seed);
            for (int file = 0; file < 40; file++) {
                replace(random, file);
            }
            for (int round = 0; round < 250; round++) {
                replace(random, random.nextInt(40));
                search(random, "seed " + seed + ", round " + round);
            }
        }
    }

    @Test
    void a_file_with_more_containers_than_have_numbers_is_searched_as_any_other() {
        var random = new Random(7);
        var table = table(random, 26_000);
        assertThat(new HashSet<>(List.of(table.containers())).size()).isGreaterThan(8_200);
        shard.replace("Large.java", CONTENT, table);
        reference.replace("Large.java", CONTENT, table);

        for (int round = 0; round < 15; round++) {
            search(random, "round " + round);
        }
    }

    private void replace(Random random, int file) {
        var path = "p" + file % 7 + "/F" + file + ".java";
        if (random.nextInt(8) == 0) {
            assertThat(shard.remove(path)).isEqualTo(reference.remove(path));
        } else if (random.nextInt(8) == 0) {
            var to = "moved/" + path;
            assertThat(shard.rename(path, to)).isEqualTo(reference.rename(path, to));
        } else {
            var table = table(random, file % 20 == 0 ? 200 : random.nextInt(40));
            shard.replace(path, CONTENT, table);
            reference.replace(path, CONTENT, table);
        }
    }

    private void search(Random random, String what) {
        var text = random.nextInt(20) == 0 ? "" : text(random);
        var order = random.nextInt(4) == 0 ? Order.NOVA : Order.SKEIN;
        var query = new SymbolQuery(
                order == Order.NOVA ? Query.plain(text) : Query.of(text), kinds(random), 1 + random.nextInt(60), order);

        var found = shard.search(query, () -> false);
        var expected = reference.search(text, query);

        assertThat(found.hits()).as("%s, %s of '%s'", what, query, text).isEqualTo(expected.hits());
        assertThat(found.total()).as("%s, %s of '%s'", what, query, text).isEqualTo(expected.total());
    }

    private static Set<SymbolKind> kinds(Random random) {
        var kinds = EnumSet.noneOf(SymbolKind.class);
        for (int i = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0; i > 0; i--) {
            kinds.add(KINDS[random.nextInt(KINDS.length)]);
        }
        return kinds;
    }

    /** Letters of a name more often than not; sometimes within something. */
    private static String text(Random random) {
        var name = name(random, 2);
        if (random.nextInt(3) == 0) {
            return name(random, 1) + ".#.".charAt(random.nextInt(3)) + (random.nextInt(4) == 0 ? "" : name);
        }
        var text = new StringBuilder();
        name.codePoints().filter(c -> random.nextInt(4) > 0).forEach(text::appendCodePoint);
        return random.nextBoolean() ? text.toString() : text.toString().toLowerCase(Locale.ROOT);
    }

    private static String name(Random random, int words) {
        var name = new StringBuilder();
        for (int i = 1 + random.nextInt(words); i > 0; i--) {
            name.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return random.nextInt(200) == 0 ? name + "long".repeat(30) : name.toString();
    }

    private static SymbolTable table(Random random, int size) {
        var builder = new SymbolTableBuilder();
        builder.unit(random.nextInt(5) == 0 ? "" : "io.map" + random.nextInt(3));
        for (int i = 0; i < size; i++) {
            int parent = random.nextInt(3) == 0 ? -1 : random.nextInt(i + 1) - 1;
            int modifiers = random.nextInt(9) == 0 ? Modifiers.HIDDEN : 0;
            var kind = KINDS[random.nextInt(KINDS.length)];
            builder.add(new Symbol(kind, name(random, 3), "", "int", "", modifiers, SPAN, SPAN, "text"), parent);
        }
        return builder.build();
    }
}
