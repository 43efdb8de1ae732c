package dev.skein.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** A repository over HTTP, as git servers offer it, for those who know the token. */
public final class SmartServer implements AutoCloseable {
    private static final String SERVICE = "git-upload-pack";

    public final AtomicReference<String> authorization = new AtomicReference<>();
    private final HttpServer server;
    private final Path bare;
    private final String password;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param password null for everybody */
    public SmartServer(HttpServer server, Path bare, String password) {
        this.server = server;
        this.bare = bare;
        this.password = password;
        server.setExecutor(threads);
        server.createContext("/team/app.git/info/refs", exchange -> serve(exchange, this::refs));
        server.createContext("/team/app.git/" + SERVICE, exchange -> serve(exchange, this::pack));
        server.start();
    }

    /** Below the server's own address. */
    public String path() {
        return ":" + server.getAddress().getPort() + "/team/app.git";
    }

    private interface Work {
        void run(HttpExchange exchange, UploadPack upload) throws IOException;
    }

    private void serve(HttpExchange exchange, Work work) throws IOException {
        try (exchange;
                var repository =
                        new FileRepositoryBuilder().setGitDir(bare.toFile()).build()) {
            if (!isKnown(exchange)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            var upload = new UploadPack(repository);
            upload.setBiDirectionalPipe(false);
            work.run(exchange, upload);
        }
    }

    private boolean isKnown(HttpExchange exchange) {
        var given = exchange.getRequestHeaders().getFirst("Authorization");
        authorization.set(given);
        if (password == null) {
            return true;
        }
        var bytes = given == null ? new byte[0] : Base64.getDecoder().decode(given.substring(6));
        var words = new String(bytes, StandardCharsets.UTF_8);
        return words.endsWith(":" + password);
    }

    private void refs(HttpExchange exchange, UploadPack upload) throws IOException {
        var body = new ByteArrayOutputStream();
        var out = new PacketLineOut(body);
        out.writeString("# service=" + SERVICE + "\n");
        out.end();
        upload.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(out));
        answer(exchange, "advertisement", body);
    }

    private void pack(HttpExchange exchange, UploadPack upload) throws IOException {
        boolean isPacked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        var in = isPacked ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
        var body = new ByteArrayOutputStream();
        upload.upload(new ByteArrayInputStream(in.readAllBytes()), body, null);
        answer(exchange, "result", body);
    }

    private static void answer(HttpExchange exchange, String kind, ByteArrayOutputStream body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-" + SERVICE + "-" + kind);
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(body.toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
