package dev.skein.index.symbol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SymbolTableTest {
    private static final Symbol TYPE = new Symbol(
            SymbolKind.CLASS,
            "Ä𝒜",
            "a.b",
            "extends C",
            "",
            Modifiers.PUBLIC | Modifiers.HIDDEN,
            new Span(3, 7, 3, 9),
            new Span(1, 0, 900, 1),
            "Says “so”.");
    private static final Symbol METHOD = new Symbol(
            SymbolKind.METHOD,
            "m",
            "a.b.Ä𝒜",
            "void",
            "(Map<K, V>, int)",
            0,
            new Span(5, 200, 6, 1),
            new Span(5, 4, 7, 5),
            "");

    @Test
    void what_is_put_in_comes_out() {
        var table = table();

        assertThat(table.symbols()).containsExactly(TYPE, METHOD);
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.containers()).containsExactly("a.b", "a.b.Ä𝒜");
        assertThat(table.heads().kinds()).containsExactly(SymbolKind.CLASS, SymbolKind.METHOD);
        assertThat(SymbolTable.of(table.toBytes()).symbols()).containsExactly(TYPE, METHOD);
    }

    @Test
    void a_key_tells_overloads_apart() {
        assertThat(METHOD.key()).isEqualTo("a.b.Ä𝒜#m/2");
        assertThat(TYPE.key()).isEqualTo("a.b.Ä𝒜");
    }

    @Test
    void bytes_that_are_cut_or_changed_are_refused_or_still_a_table() {
        var bytes = table().toBytes();
        var random = new Random(3);
        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> SymbolTable.of(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int round = 0; round < 5_000; round++) {
            var changed = bytes.clone();
            changed[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            assertThat(isTable(changed)).isIn(true, false); // and nothing else is thrown
        }
    }

    private static boolean isTable(byte[] bytes) {
        try {
            SymbolTable.of(bytes);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static SymbolTable table() {
        var builder = new SymbolTableBuilder();
        builder.unit("a.b");
        builder.add(TYPE, -1);
        builder.add(METHOD, 0);
        return builder.build();
    }
}
