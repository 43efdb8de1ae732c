package dev.skein.process;

import dev.skein.kernel.ByteSize;
import dev.skein.kernel.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Flags of a Java machine that must live within a cap of address space. Nothing of it shrinks by itself but the heap,
 * so all else is bounded by flag and the heap is what is left; what cannot work is refused before it is started.
 */
public final class JvmFlags {
    /** Class space, code cache, metaspace, stacks of some 50 threads, libraries and the tables of the collector. */
    static final long OVERHEAD_BYTES = 512L << 20;

    static final long LEAST_CAP_BYTES = 512L << 20;
    static final long HEAP_LEAST_BYTES = 64L << 20;
    private static final long HEAP_STEP_BYTES = 16L << 20;
    private static final long DIRECT_BYTES = 64L << 20;
    private static final long MEBI = 1L << 20;
    private static final String HEAP_FLAG = "-Xmx";

    private JvmFlags() {}

    /** What goes into the environment besides. */
    public static Map<String, String> environment() {
        return Map.of("MALLOC_ARENA_MAX", "2");
    }

    /**
     * Flags for a cap.
     *
     * @param capBytes of address space; 0 for none, which leaves the heap to the machine
     * @param own flags of whoever asks, which come last
     * @param crashes where a crash is written to
     * @throws Problem of kind IMPOSSIBLE that names the cap, the overhead and the least cap that would do
     */
    public static List<String> of(long capBytes, List<String> own, Path crashes) {
        var flags = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                "-XX:CompressedClassSpaceSize=64m",
                "-XX:ReservedCodeCacheSize=64m",
                "-Xss512k",
                "-XX:MaxDirectMemorySize=" + DIRECT_BYTES / MEBI + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:ErrorFile=" + crashes.resolve("hs_err_pid%p.log")));
        if (capBytes > 0) {
            flags.add(HEAP_FLAG + heap(capBytes, own) / MEBI + "m");
        }
        flags.addAll(own);
        return flags;
    }

    private static long heap(long capBytes, List<String> own) {
        if (capBytes < LEAST_CAP_BYTES) {
            throw tooSmall(capBytes, LEAST_CAP_BYTES);
        }
        long room = Math.max(HEAP_LEAST_BYTES, capBytes - OVERHEAD_BYTES - direct(capBytes));
        long asked = own.stream()
                .filter(flag -> flag.startsWith(HEAP_FLAG))
                .mapToLong(flag -> ByteSize.parse(flag.substring(HEAP_FLAG.length())))
                .reduce(0, (first, last) -> last);
        if (asked > room) {
            throw tooSmall(capBytes, asked + OVERHEAD_BYTES + DIRECT_BYTES);
        }
        return room / HEAP_STEP_BYTES * HEAP_STEP_BYTES;
    }

    /** Small heaps rarely use direct buffers; the overhead then has room for a few. */
    private static long direct(long capBytes) {
        return capBytes > 2 * OVERHEAD_BYTES ? DIRECT_BYTES : 0;
    }

    private static Problem tooSmall(long capBytes, long least) {
        return new Problem(
                Problem.Kind.IMPOSSIBLE,
                "cap_too_small",
                "a Java machine needs %s besides its heap: a cap of %s is too small, %s would do"
                        .formatted(ByteSize.format(OVERHEAD_BYTES), ByteSize.format(capBytes), ByteSize.format(least)),
                List.of());
    }
}
