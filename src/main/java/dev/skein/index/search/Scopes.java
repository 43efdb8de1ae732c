package dev.skein.index.search;

import dev.skein.index.match.NameMask;
import dev.skein.index.match.Query;
import dev.skein.index.symbol.SymbolKind;
import dev.skein.index.symbol.SymbolLayout;
import dev.skein.index.symbol.SymbolTable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The containers in one file by number: {@value #NOWHERE}, {@value #UNIT} for the package, and then those symbols that
 * others are in, each within the package. Whatever else there may be is {@link Place#SCOPE_MANY}.
 */
final class Scopes {
    static final int NOWHERE = 0;
    static final int UNIT = 1;

    private static final int FIRST = 2;
    private static final int TEXT_MAX = Short.MAX_VALUE;
    private static final int HEAD = 4;

    private final int count;
    private final byte[] packed; // of each: number of the one around it, length of its text, what it adds to that one's

    private final byte[] within; // of each symbol the number of what it is in, or that it is beyond
    private final boolean many;

    private Scopes(int count, byte[] packed, int[] within) {
        this.count = count;
        this.packed = packed;
        this.within = new byte[within.length];
        boolean beyond = false;
        for (int i = 0; i < within.length; i++) {
            this.within[i] = (byte) Math.min(within[i], Long.SIZE);
            beyond |= within[i] >= Long.SIZE;
        }
        many = beyond;
    }

    /** The number of the container of a symbol if it is below 64; else 64. */
    int of(int index) {
        return within[index];
    }

    /** Whether there are symbols in containers with higher numbers. */
    boolean isMany() {
        return many;
    }

    /** Numbers the containers and tells in {@code within} which one each symbol is in. */
    static Scopes of(SymbolTable.Heads heads, SymbolLayout layout, int[] within) {
        var packed = new ByteArrayOutputStream();
        var numbers = new int[within.length]; // of symbols that are containers
        int next = FIRST;
        for (int i = 0; i < within.length; i++) {
            int parent = layout.parents()[i];
            if (parent >= 0 && numbers[parent] == 0) {
                var name = heads.names().get(parent);
                int around = within[parent];
                boolean plain = around != NOWHERE && around != Place.SCOPE_MANY && next < Place.SCOPE_MANY;
                if (plain && name.length < TEXT_MAX) {
                    pack(packed, around, layout.unit().isEmpty() && around == UNIT, name);
                    numbers[parent] = next++;
                } else {
                    numbers[parent] = Place.SCOPE_MANY;
                }
            }
            within[i] = parent >= 0 ? numbers[parent] : outermost(heads.kinds()[i]);
        }
        return new Scopes(next, packed.toByteArray(), within);
    }

    private static int outermost(SymbolKind kind) {
        return kind == SymbolKind.PACKAGE || kind == SymbolKind.MODULE ? NOWHERE : UNIT;
    }

    private static void pack(ByteArrayOutputStream packed, int around, boolean first, byte[] name) {
        int length = name.length + (first ? 0 : 1);
        packed.write(around >>> 8);
        packed.write(around);
        packed.write(length >>> 8);
        packed.write(length);
        if (!first) {
            packed.write('.');
        }
        packed.writeBytes(name);
    }

    private int two(int at) {
        return (packed[at] & 0xFF) << 8 | packed[at + 1] & 0xFF;
    }

    /** Characters of all containers but of what is in the name of the package. */
    long mask() {
        long mask = 0;
        for (int at = 0; at < packed.length; at += HEAD + two(at + 2)) {
            mask |= NameMask.of(Arrays.copyOfRange(packed, at + HEAD, at + HEAD + two(at + 2)));
        }
        return mask;
    }

    /** Bits of the first containers that have all of the query's qualifier, of which so much is in the package. */
    long fitting(Query query, int inUnit) {
        int whole = query.qualifier();
        var reached = new int[Math.min(Long.SIZE, count)];
        reached[UNIT] = inUnit;
        long fitting = inUnit == whole ? 1L << UNIT : 0;
        int at = 0;
        for (int scope = FIRST; scope < reached.length; scope++) {
            int end = at + HEAD + two(at + 2);
            reached[scope] = query.advance(reached[two(at)], packed, at + HEAD, end);
            fitting |= reached[scope] == whole ? 1L << scope : 0;
            at = end;
        }
        return fitting;
    }

    /** The qualified name of a container. */
    String text(int scope, String unit) {
        if (scope <= UNIT) {
            return scope == UNIT ? unit : "";
        }
        var starts = new int[scope + 1];
        for (int i = FIRST; i < scope; i++) {
            starts[i + 1] = starts[i] + HEAD + two(starts[i] + 2);
        }
        int length = 0;
        for (int i = scope; i > UNIT; i = two(starts[i])) {
            length += two(starts[i] + 2);
        }
        var text = new byte[length];
        for (int i = scope; i > UNIT; i = two(starts[i])) {
            int size = two(starts[i] + 2);
            length -= size;
            System.arraycopy(packed, starts[i] + HEAD, text, length, size);
        }
        return unit + new String(text, StandardCharsets.UTF_8); // there are none but those in the package
    }
}
