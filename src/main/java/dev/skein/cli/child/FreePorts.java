package dev.skein.cli.child;

import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.PortHolder;
import dev.skein.cli.terminal.Terminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Chooses ports of loopback that nobody listens on, and says when the usual one is taken. */
public final class FreePorts {
    private static final int TRIES_MAX = 500;
    private static final int PORT_MAX = 65_535;

    private final Terminal terminal;
    private final Set<Integer> given = new HashSet<>();

    public FreePorts(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The wanted port, or the next free one after it with a line on who has the wanted one. */
    public int from(int wanted) {
        int port = quietly(wanted);
        if (port != wanted && !given.contains(wanted)) {
            terminal.say("port %d is held by %s; taking %d"
                    .formatted(wanted, PortHolder.of(wanted).orElse("another process"), port));
        }
        return port;
    }

    /** The first free port from one on. */
    public int quietly(int wanted) {
        for (int port = wanted; port < Math.min(wanted + TRIES_MAX, PORT_MAX); port++) {
            if (!given.contains(port) && isFree(port)) {
                given.add(port);
                return port;
            }
        }
        throw Failure.of(ExitCode.FAILED, "no port from " + wanted + " on is free")
                .advise("another --port");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
