package dev.skein.job.mcp.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.job.run.JobSurroundings;
import dev.skein.kernel.SteadyClock;
import dev.skein.process.Processes;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the processes of servers are made. */
class McpLaunchTest {
    private final Vertx vertx = Vertx.vertx();
    private final Processes processes = new Processes();
    private final McpHandler handler = new McpHandler();

    @TempDir
    Path folder;

    @AfterEach
    void close() throws Exception {
        handler.close();
        processes.close();
        vertx.close().await(20, SECONDS);
    }

    private void open(Map<String, String> more) throws Exception {
        var script = folder.resolve("server");
        Files.writeString(script, "#!/bin/sh\ngrep -E 'NoNewPrivs|CapEff|^Uid' /proc/self/status >seen\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        var settings = new HashMap<>(more);
        settings.put("servers.x.command", script.toString());
        settings.put("servers.x.dir", folder.toString());
        handler.open(new JobSurroundings(vertx, settings, folder, SteadyClock.system(), processes));
    }

    private String seen() throws Exception {
        var result = handler.run(new FakeCall("{\"server\":\"x\",\"tool\":\"t\",\"arguments\":{}}"))
                .await(60, SECONDS);
        assertThat(result.outcome().isSuccess()).isFalse();
        return Files.readString(folder.resolve("seen"));
    }

    @Test
    void a_server_gets_no_new_privileges_as_other_commands() throws Exception {
        open(Map.of());

        assertThat(seen()).contains("NoNewPrivs:\t1", "CapEff:\t0000000000000000");
    }

    @Test
    void where_this_is_root_a_server_runs_as_the_user_of_jobs() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can be somebody else");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        open(Map.of("user", "nobody"));

        assertThat(seen()).doesNotContain("Uid:\t0");
    }

    @Test
    void a_user_that_is_not_there_is_told_when_the_handler_opens() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can be somebody else");

        assertThatThrownBy(() -> open(Map.of("user", "no-such-user")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no-such-user");
    }
}
