package dev.skein.fault.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What {@code heavy-compute} jobs of the tests call; known to the JDK alone, since it is all their machine loads. */
public final class HeavyWork {
    private static final int MIB = 1 << 20;
    private static final Duration HOLD = Duration.ofMillis(1_500);

    private HeavyWork() {}

    /** {@code MILLIS FILE}: works for so long and then adds a line to the file. */
    public static String mark(String input) throws IOException {
        var words = input.split(" ");
        long end =
                System.nanoTime() + Duration.ofMillis(Long.parseLong(words[0])).toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        Files.writeString(Path.of(words[1]), "x\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return "done";
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** When it began, in microseconds since 1970. */
    public static long now(String input) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** {@code MIB}: holds and touches so much heap for a while. */
    public static String hold(String input) {
        List<byte[]> held = new ArrayList<>();
        for (int i = Integer.parseInt(input); i > 0; i--) {
            held.add(new byte[MIB]);
        }
        pause(HOLD);
        return held.size() + " MiB";
    }

    /** Holds ever more heap. */
    public static int exhaust(String input) {
        List<byte[]> held = new ArrayList<>();
        while (held.size() < Integer.MAX_VALUE) {
            held.add(new byte[MIB]);
        }
        return held.size();
    }
}
