package dev.skein.dashboard;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Serves the page from memory. Its parts have addresses with a hash over all of them, so they may be kept for ever and
 * a page never mixes two versions. Thread-safe.
 */
public final class Dashboard {
    private static final String FOLDER = "dashboard/";
    private static final String PREACT = "META-INF/resources/webjars/preact/10.26.9/dist/preact.module.js";
    private static final List<String> PARTS = List.of(
            "style.css",
            "asked.js",
            "change.js",
            "covering.js",
            "filter.js",
            "findings.js",
            "format.js",
            "job.js",
            "jobs.js",
            "keys.js",
            "logs.js",
            "main.js",
            "memory.js",
            "merge.js",
            "panels.js",
            "review.js",
            "reviews.js",
            "shards.js",
            "states.js",
            "stream.js",
            "symbols.js",
            "zones.js");
    private static final String PLACE_OF_HASH = "ASSETS_HASH";
    private static final int HASH_CHARS = 16;

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
                    + "require-trusted-types-for 'script'";

    private final Map<String, Asset> parts = new TreeMap<>();
    private final String hash;
    private final Asset page;

    /** Reads every file of the page from the class path. */
    public Dashboard() {
        parts.put("preact.js", Asset.of("preact.js", read(PREACT)));
        PARTS.forEach(name -> parts.put(name, Asset.of(name, read(FOLDER + name))));
        var html = new String(read(FOLDER + "index.html"), StandardCharsets.UTF_8);
        hash = hashOf(html);
        page = Asset.of("index.html", html.replace(PLACE_OF_HASH, hash).getBytes(StandardCharsets.UTF_8));
    }

    /** The page and its parts, for everybody: what they show is asked for with the viewer's own rights. */
    public void routes(Router router) {
        router.get("/").handler(this::page);
        router.head("/").handler(this::page);
        router.get("/assets/:hash/:name").handler(this::part);
    }

    /** Bytes of everything that a first visit loads, compressed. */
    int transferBytes() {
        return page.gzipped().length()
                + parts.values().stream()
                        .mapToInt(part -> part.gzipped().length())
                        .sum();
    }

    private void page(RoutingContext call) {
        var tag = '"' + hash + '"';
        var response = secured(call).putHeader("cache-control", "no-cache").putHeader("etag", tag);
        if (tag.equals(call.request().getHeader("if-none-match"))) {
            response.setStatusCode(304).end();
        } else {
            send(call, page);
        }
    }

    private void part(RoutingContext call) {
        var part = parts.get(call.pathParam("name"));
        if (part == null || !hash.equals(call.pathParam("hash"))) {
            call.next(); // unknown here, or of another version of this server
            return;
        }
        secured(call).putHeader("cache-control", "public, max-age=31536000, immutable");
        send(call, part);
    }

    private static HttpServerResponse secured(RoutingContext call) {
        return call.response()
                .putHeader("content-security-policy", POLICY)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("cross-origin-opener-policy", "same-origin");
    }

    private static void send(RoutingContext call, Asset asset) {
        var response = call.response().putHeader("content-type", asset.type()).putHeader("vary", "accept-encoding");
        var accepted = call.request().getHeader("accept-encoding");
        if (call.request().method() == HttpMethod.HEAD) {
            response.end();
        } else if (accepted != null && accepted.contains("gzip")) {
            response.putHeader("content-encoding", "gzip").end(asset.gzipped());
        } else {
            response.end(asset.plain());
        }
    }

    private String hashOf(String html) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(html.getBytes(StandardCharsets.UTF_8));
            parts.values().forEach(part -> digest.update(part.plain().getBytes()));
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] read(String name) {
        try (var file = Dashboard.class.getClassLoader().getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
