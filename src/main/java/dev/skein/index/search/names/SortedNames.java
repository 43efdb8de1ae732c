package dev.skein.index.search.names;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Numbers of names in the order of the names' bytes, in blocks that are split when they are full. */
final class SortedNames {
    private static final int BLOCK = 256;

    private byte[][] names; // by number, whoever grows the array tells
    private int[][] blocks = {new int[BLOCK]};
    private int[] sizes = new int[1];
    private int count = 1;

    SortedNames(byte[][] names) {
        this.names = names;
    }

    void use(byte[][] grown) {
        names = grown;
    }

    void add(int number) {
        int block = block(names[number]);
        if (sizes[block] == BLOCK) {
            split(block);
            block = block(names[number]);
        }
        int at = position(block, names[number]);
        System.arraycopy(blocks[block], at, blocks[block], at + 1, sizes[block] - at);
        blocks[block][at] = number;
        sizes[block]++;
    }

    /** Takes out a name that is there. */
    void remove(int number) {
        int block = block(names[number]);
        int at = position(block, names[number]);
        sizes[block]--;
        System.arraycopy(blocks[block], at + 1, blocks[block], at, sizes[block] - at);
        if (sizes[block] == 0 && count > 1) {
            System.arraycopy(blocks, block + 1, blocks, block, count - block - 1);
            System.arraycopy(sizes, block + 1, sizes, block, count - block - 1);
            count--;
        }
    }

    /** The last block whose first name is not after this one, or the first block. */
    private int block(byte[] name) {
        int low = 1;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(names[blocks[middle][0]], name) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Where in the block the name is or would be. */
    private int position(int block, byte[] name) {
        int low = 0;
        int high = sizes[block];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compareUnsigned(names[blocks[block][middle]], name) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void split(int block) {
        if (count == blocks.length) {
            blocks = Arrays.copyOf(blocks, count * 2);
            sizes = Arrays.copyOf(sizes, count * 2);
        }
        System.arraycopy(blocks, block + 1, blocks, block + 2, count - block - 1);
        System.arraycopy(sizes, block + 1, sizes, block + 2, count - block - 1);
        int half = BLOCK / 2;
        blocks[block + 1] = Arrays.copyOf(Arrays.copyOfRange(blocks[block], half, BLOCK), BLOCK);
        sizes[block + 1] = BLOCK - half;
        sizes[block] = half;
        count++;
    }

    /** Hands out numbers in order for as long as {@code more} says so. */
    void walk(IntPredicate more) {
        for (int block = 0; block < count; block++) {
            for (int i = 0; i < sizes[block]; i++) {
                if (!more.test(blocks[block][i])) {
                    return;
                }
            }
        }
    }
}
