package dev.skein.fault.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The processes of this machine that live; one that has ended and whose parent has not asked yet does not. */
public final class Living {
    private static final Path PROC = Path.of("/proc");
    private static final int PARENT = 1;
    private static final int RESIDENT_PAGES = 21;
    private static final long PAGE_BYTES = 4_096;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Living() {}

    /** One process; what it shares with others counts in full. */
    record One(long pid, long parent, long residentBytes) {}

    static List<One> all() {
        try (Stream<Path> folders = Files.list(PROC)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::parseLong)
                    .flatMap(pid -> one(pid).stream())
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<One> one(long pid) {
        return stat(pid)
                .filter(stat -> !stat[0].equals("Z"))
                .map(stat ->
                        new One(pid, Long.parseLong(stat[PARENT]), Long.parseLong(stat[RESIDENT_PAGES]) * PAGE_BYTES));
    }

    public static boolean is(long pid) {
        return one(pid).isPresent();
    }

    static long parent(long pid) {
        return one(pid).map(One::parent).orElse(0L);
    }

    /** Those whose command line holds all of these. */
    public static List<Long> saying(String... texts) {
        return all().stream()
                .map(One::pid)
                .filter(pid -> {
                    var words = read(pid, "cmdline");
                    return Stream.of(texts).allMatch(words::contains);
                })
                .toList();
    }

    /** Waits until there are none. */
    public static void await(String what, Supplier<List<Long>> some) {
        long until = System.nanoTime() + JobDesk.LONGEST.toNanos();
        var left = some.get();
        while (!left.isEmpty() && System.nanoTime() < until) {
            LockSupport.parkNanos(POLL_NANOS);
            left = some.get();
        }
        assertThat(left).as(what).isEmpty();
    }

    static void signal(long pid, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor(5, TimeUnit.SECONDS);
    }

    private static Optional<String[]> stat(long pid) {
        var text = read(pid, "stat");
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(text.substring(text.lastIndexOf(')') + 2).split(" "));
    }

    private static String read(long pid, String file) {
        try {
            return new String(Files.readAllBytes(PROC.resolve(pid + "/" + file)), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
