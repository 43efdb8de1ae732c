package dev.skein.fault.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes connections on between addresses, {@code host:port} or the path of a socket. A path is seen from every network
 * namespace, so two relays that meet at one lead into a namespace and out of it.
 */
public final class Relay implements AutoCloseable {
    private static final int BUFFER_BYTES = 16_384;

    private final List<ServerSocketChannel> servers = new ArrayList<>();

    /** Relays {@code from=to} of each argument until it is killed. */
    public static void main(String[] pairs) throws IOException {
        var relay = new Relay(); // its threads keep the process
        for (var pair : pairs) {
            var ends = pair.split("=", 2);
            relay.pass(ends[0], ends[1]);
        }
    }

    /** Passes on what comes to {@code from}; port 0 means any. Returns the port, 0 for a path. */
    public int pass(String from, String to) {
        try {
            var address = address(from);
            var server = address instanceof UnixDomainSocketAddress
                    ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                    : ServerSocketChannel.open();
            server.bind(address);
            servers.add(server);
            thread(() -> accept(server, address(to)));
            return server.getLocalAddress() instanceof InetSocketAddress bound ? bound.getPort() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SocketAddress address(String text) {
        if (text.startsWith("/")) {
            return UnixDomainSocketAddress.of(Path.of(text));
        }
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private static void accept(ServerSocketChannel server, SocketAddress to) {
        while (server.isOpen()) {
            try {
                var caller = server.accept();
                thread(() -> join(caller, to));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void join(SocketChannel caller, SocketAddress to) {
        try (caller;
                var callee = SocketChannel.open(to)) {
            thread(() -> copy(callee, caller));
            copy(caller, callee);
        } catch (IOException gone) {
            // the caller sees its connection closed, as it would without a relay
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException gone) {
            // both ends are closed by now
        }
    }

    private static void thread(Runnable task) {
        var thread = new Thread(task, "relay");
        thread.start();
    }

    @Override
    public void close() {
        for (var server : servers) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
