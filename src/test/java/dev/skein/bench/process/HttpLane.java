package dev.skein.bench.process;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;

/**
 * One keep-alive connection that sends ready bytes and reads no more of a reply than its status and length, so that the
 * load costs the machine as little as it can. Confined to its socket's event loop, apart from the first request.
 */
public final class HttpLane {
    private static final String OK = "HTTP/1.1 20";
    private static final String LENGTH = "content-length: ";
    private static final String HEAD_END = "\r\n\r\n";

    private final NetSocket socket;
    private Buffer received = Buffer.buffer();
    private Promise<Void> reply = Promise.promise();

    private HttpLane(NetSocket socket) {
        this.socket = socket;
        socket.handler(this::receive);
        socket.closeHandler(closed -> reply.tryFail("the server closed the connection"));
    }

    public static Future<HttpLane> open(NetClient client, int port) {
        return client.connect(port, "127.0.0.1").map(HttpLane::new);
    }

    /** A POST as bytes. */
    public static Buffer post(String path, String token, String body) {
        return Buffer.buffer("""
                POST %s HTTP/1.1\r
                host: 127.0.0.1\r
                authorization: Bearer %s\r
                content-type: application/json\r
                content-length: %d\r
                \r
                %s""".formatted(path, token, body.getBytes(StandardCharsets.UTF_8).length, body));
    }

    /** Completes when the reply is there; fails when its status is no success. */
    public Future<Void> send(Buffer request) {
        reply = Promise.promise();
        var sent = reply;
        socket.write(request).onFailure(sent::tryFail);
        return sent.future();
    }

    private void receive(Buffer part) {
        received = received.length() == 0 ? part : received.appendBuffer(part);
        var text = received.toString(StandardCharsets.ISO_8859_1);
        int head = text.indexOf(HEAD_END);
        if (head < 0 || received.length() < head + HEAD_END.length() + length(text, head)) {
            return;
        }
        received = Buffer.buffer();
        if (text.startsWith(OK)) {
            reply.tryComplete();
        } else {
            reply.tryFail("refused: " + text);
        }
    }

    private static int length(String text, int head) {
        int at = text.toLowerCase(java.util.Locale.ROOT).indexOf(LENGTH);
        if (at < 0 || at > head) {
            throw new IllegalStateException("a reply without its length: " + text);
        }
        return Integer.parseInt(text, at + LENGTH.length(), text.indexOf('\r', at), 10);
    }
}
