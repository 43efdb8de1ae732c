package dev.skein.http.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket that reads 1 KiB a step and so never gets to a ping it could answer; it can tell how it was closed. */
final class Trickle implements AutoCloseable {
    private static final int BYTES_PER_STEP = 1024;
    private static final int RECEIVE_BUFFER = 4 * 1024;
    private static final int DRAIN_BUFFER = 1 << 20;
    private static final int CLOSE_OPCODE = 8;

    private final Socket socket = new Socket();
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    Trickle(int port, String ticket) throws IOException {
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout(5_000);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        var request = "GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Protocol: skein.live.v1, ticket." + ticket + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        readHead(socket.getInputStream());
    }

    private static void readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.toString());
        }
    }

    /** Reads its 1 KiB, if that much is there. */
    void step() throws IOException {
        int there = Math.min(BYTES_PER_STEP, socket.getInputStream().available());
        read.write(socket.getInputStream().readNBytes(there));
    }

    /** Reads what is left and finds the code in the close frame; 0 when there is none. */
    int closeCode() throws IOException {
        socket.setReceiveBufferSize(DRAIN_BUFFER);
        read.write(socket.getInputStream().readAllBytes());
        var bytes = read.toByteArray();
        int at = 0;
        while (at + 4 <= bytes.length) {
            int length = bytes[at + 1] & 0x7f;
            int body = at + 2;
            if (length == 126) {
                length = (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
                body = at + 4;
            } else if (length == 127) {
                length = (bytes[at + 7] & 0xff) << 16 | (bytes[at + 8] & 0xff) << 8 | bytes[at + 9] & 0xff;
                body = at + 10;
            }
            if ((bytes[at] & 0xf) == CLOSE_OPCODE) {
                return (bytes[body] & 0xff) << 8 | bytes[body + 1] & 0xff;
            }
            at = body + length;
        }
        return 0;
    }

    /** Bytes received so far. */
    int received() {
        return read.size();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
