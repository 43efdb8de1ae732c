package dev.skein.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.FakeCluster;
import dev.skein.cli.FakeCluster.Answer;
import dev.skein.client.SkeinClient;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewalTest {
    private static final Answer TAKEN =
            new Answer(200, "{\"changed\":true,\"indexed\":true,\"overlay_version\":1,\"epoch\":7}");
    private static final String PUT = "PUT /api/v1/workspaces/app/documents";
    private static final String OPEN = "{\"path\":\"A.java\",\"session\":\"s\",\"version\":%d,\"bytes\":1}";

    @TempDir
    private Path root;

    private final FakeCluster cluster = new FakeCluster();
    private final AtomicReference<Answer> taken = new AtomicReference<>(TAKEN);
    private final Folders folders =
            new Folders(SkeinClient.at(cluster.endpoint()).index(), null);
    private final Documents documents =
            new Documents(SkeinClient.at(cluster.endpoint()).index(), folders, new Editor());
    private String uri = "";

    @BeforeEach
    void open() {
        cluster.on("GET /api/v1/workspaces", 200, "{\"workspaces\":[{\"name\":\"app\",\"root\":\"" + root + "\"}]}");
        cluster.on("GET /api/v1/workspaces/app/diagnostics", 200, "{\"diagnostics\":[]}");
        cluster.on(PUT, asked -> taken.get());
        folders.open(root.toUri().toString()).join();
        uri = root.resolve("A.java").toUri().toString();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    /** Says that the editor lives, to an index that has these open of its documents. */
    private void renew(String held) {
        var session = cluster.last(PUT).body().replaceFirst(".*\"session\":\"([^\"]*)\".*", "$1");
        var answer = "{\"epoch\":7,\"lease_seconds\":300,\"documents\":[%s]}".formatted(held);
        cluster.on("POST /api/v1/workspaces/app/sessions/" + session + "/renew", 200, answer);
        documents.renew().join();
        documents.settled(uri).join();
    }

    private long sent() {
        return cluster.asked.stream()
                .filter(each -> each.method().equals("PUT"))
                .count();
    }

    private void opened() {
        documents.open(uri, 3, "class A {}");
        documents.settled(uri).join();
    }

    @Test
    void a_text_that_the_index_gave_up_is_sent_again() {
        opened();
        renew(OPEN.formatted(3));
        assertThat(sent()).isOne();

        renew("");

        assertThat(sent()).isEqualTo(2);
        assertThat(cluster.last(PUT).body()).contains("class A {}", "\"version\":3");
    }

    @Test
    void a_text_that_did_not_arrive_is_sent_again() {
        taken.set(new Answer(504, "{\"error\":\"no answer\",\"code\":\"worker_timeout\"}"));
        opened();
        taken.set(TAKEN);

        renew(OPEN.formatted(2));
        renew(OPEN.formatted(3));

        assertThat(sent()).isEqualTo(2);
    }

    @Test
    void a_text_that_the_index_never_takes_is_sent_once() {
        taken.set(new Answer(400, "{\"error\":\"in no source root\",\"code\":\"path_outside_shards\"}"));
        opened();

        renew("");

        assertThat(sent()).isOne();
    }
}
