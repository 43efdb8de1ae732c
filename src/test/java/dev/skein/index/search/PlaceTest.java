package dev.skein.index.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.index.search.Slice.Incoming;
import dev.skein.index.search.names.Names;
import dev.skein.index.source.ContentHash;
import dev.skein.index.symbol.SymbolTable;
import dev.skein.index.symbol.SymbolTableBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {
    private static final int LAST_SLOT = Place.SLOT_MANY - 1;
    private static final int LAST_INDEX = Place.INDEX_MANY - 1;
    private static final int LAST_SORT = Place.SORTS - 1;

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        LAST_SLOT + ", 0, 0, 0",
        "0, " + LAST_INDEX + ", 0, 0",
        "0, 0, " + Place.SCOPE_MANY + ", 0",
        "0, 0, 0, " + LAST_SORT,
        LAST_SLOT + ", " + LAST_INDEX + ", " + Place.SCOPE_MANY + ", " + LAST_SORT
    })
    void each_part_is_what_it_was_at_both_ends(int slot, int index, int scope, int sort) {
        long place = Place.of(slot, index, scope, sort);

        assertThat(place).isNotNegative();
        assertThat(Place.slot(place)).isEqualTo(slot);
        assertThat(Place.index(place)).isEqualTo(index);
        assertThat(Place.scope(place)).isEqualTo(scope);
        assertThat(Place.sort(place)).isEqualTo(sort);
    }

    @Test
    void a_shard_with_as_many_files_as_it_can_have_takes_another_once_one_is_gone() {
        var files = new Files(new Names(), 2);
        files.add(slice("A"), "");
        int second = files.add(slice("B"), "");
        assertThatThrownBy(() -> files.add(slice("C"), "")).hasMessage("a shard has at most 2 files");

        files.free(second);

        assertThat(files.add(slice("C"), "")).isEqualTo(second);
    }

    private static Slice slice(String path) {
        SymbolTable empty = new SymbolTableBuilder().build();
        return Incoming.of(path, new ContentHash(1, 2), empty).slice();
    }
}
