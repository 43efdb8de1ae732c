package dev.skein.fault.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Ports of this machine that nobody holds, each given once: below those that the system gives to clients, and locked
 * against other test processes, as byte n of a file for port n, until this process ends.
 */
public final class Ports {
    private static final int FIRST = 10_000;
    private static final int END = 32_000; // the system's own begin at 32,768
    private static final FileChannel TAKEN = open();
    private static final AtomicInteger NEXT = new AtomicInteger(FIRST);

    private Ports() {}

    public static List<Integer> free(int count) {
        return Stream.generate(Ports::free).limit(count).toList();
    }

    public static int free() {
        int port = NEXT.getAndIncrement();
        while (!isOurs(port)) {
            port = NEXT.getAndIncrement();
        }
        return port;
    }

    private static boolean isOurs(int port) {
        if (port >= END) {
            throw new IllegalStateException("no port below " + END + " is free");
        }
        try {
            return TAKEN.tryLock(port, 1, false) != null && isFree(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (var any = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return any.isBound();
        } catch (IOException e) {
            return false; // somebody's
        }
    }

    private static FileChannel open() {
        try {
            return FileChannel.open(
                    Path.of(System.getProperty("java.io.tmpdir"), "skein-test-ports.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
