package dev.skein.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.live.LiveConfig;
import dev.skein.http.live.LiveServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DashboardTest {
    private static final Pattern PART = Pattern.compile("\"(/assets/[0-9a-f]{16}/[a-z]+\\.(?:js|css))\"");

    private final Dashboard dashboard = new Dashboard();
    private final LiveServer server = new LiveServer(LiveConfig.DEFAULTS, dashboard::routes).start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void the_page_allows_nothing_but_its_own_parts() throws Exception {
        var page = get("/");

        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                        .endsWith("require-trusted-types-for 'script'")
                        .doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(page.headers().firstValue("referrer-policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("cross-origin-opener-policy")).contains("same-origin");
        assertThat(page.body()).doesNotContain("<style", " style=", " onclick=", "<script>");
    }

    @Test
    void parts_are_kept_for_ever_and_the_page_is_asked_about() throws Exception {
        var page = get("/");
        var parts = PART.matcher(page.body()).results().map(hit -> hit.group(1)).toList();
        var tag = page.headers().firstValue("etag").orElseThrow();

        assertThat(parts).hasSize(3);
        for (var part : parts) {
            var reply = get(part);
            assertThat(reply.statusCode()).as(part).isEqualTo(200);
            assertThat(reply.headers().firstValue("cache-control")).contains("public, max-age=31536000, immutable");
        }
        assertThat(get("/", "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void an_old_page_can_ask_for_the_version_alone() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url("/"))).method("HEAD", BodyPublishers.noBody());
        var head = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("etag"))
                .isEqualTo(get("/").headers().firstValue("etag"));
    }

    @Test
    void parts_of_another_version_and_other_files_are_not_there() throws Exception {
        var part = PART.matcher(get("/").body())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(get(part.replaceAll("[0-9a-f]{16}", "0123456789abcdef")).statusCode())
                .isEqualTo(404);
        assertThat(get(part.replaceAll("[a-z]+\\.css", "index.html")).statusCode())
                .isEqualTo(404);
        assertThat(get("/assets/x/..%2f..%2flogback.xml").statusCode()).isEqualTo(404);
    }

    @Test
    void a_first_visit_loads_at_most_150_kibibytes() {
        assertThat(dashboard.transferBytes()).isBetween(10 * 1024, 150 * 1024);
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url(path)));
        return HttpClient.newHttpClient()
                .send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }
}
