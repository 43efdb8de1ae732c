package dev.skein.index.search.names;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Packages of the files of a shard by number, each for as long as a file has it. */
public final class Units {
    private final Map<String, Integer> numbers = new HashMap<>();
    private String[] texts = new String[16];
    private byte[][] bytes = new byte[16][];
    private int[] uses = new int[16];
    private int[] free = new int[16];
    private int frees;
    private int bound;

    /** Numbers are below this. */
    public int bound() {
        return bound;
    }

    public String text(int number) {
        return texts[number];
    }

    public byte[] bytes(int number) {
        return bytes[number];
    }

    /** The number of a package, to be given back. */
    public int take(String text) {
        var known = numbers.get(text);
        int number = known != null ? known : fresh(text);
        uses[number]++;
        return number;
    }

    private int fresh(String text) {
        if (frees == 0 && bound == texts.length) {
            texts = Arrays.copyOf(texts, bound * 2);
            bytes = Arrays.copyOf(bytes, bound * 2);
            uses = Arrays.copyOf(uses, bound * 2);
            free = Arrays.copyOf(free, bound * 2);
        }
        int number = frees > 0 ? free[--frees] : bound++;
        numbers.put(text, number);
        texts[number] = text;
        bytes[number] = text.getBytes(StandardCharsets.UTF_8);
        return number;
    }

    public void giveBack(int number) {
        if (--uses[number] == 0) {
            numbers.remove(texts[number]);
            free[frees++] = number;
        }
    }
}
