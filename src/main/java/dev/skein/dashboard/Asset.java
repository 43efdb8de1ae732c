package dev.skein.dashboard;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** One file as it is sent. */
record Asset(String type, Buffer plain, Buffer gzipped) {
    static Asset of(String name, byte[] bytes) {
        return new Asset(typeOf(name), Buffer.buffer(bytes), Buffer.buffer(gzip(bytes)));
    }

    private static String typeOf(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            default -> throw new IllegalArgumentException("no media type is known for " + name);
        };
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory is always writable", e);
        }
        return out.toByteArray();
    }
}
