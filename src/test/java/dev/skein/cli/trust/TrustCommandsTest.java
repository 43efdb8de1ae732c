package dev.skein.cli.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.audit.AuditConfig;
import dev.skein.audit.AuditFolder;
import dev.skein.audit.AuditWriter;
import dev.skein.audit.Deed;
import dev.skein.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustCommandsTest {
    @TempDir
    Path folder;

    @Test
    void an_authority_and_certificates_are_made_once_and_never_overwritten() throws IOException {
        var dir = folder.resolve("certs").toString();

        assertThat(init(dir, "--node", "coordinator", "--san", "10.0.0.5").exit())
                .isZero();
        var again = init(dir, "--node", "coordinator");
        assertThat(again.exit()).isEqualTo(5);
        assertThat(again.err()).contains("not overwritten");
        assertThat(init(dir, "--node", "worker-0").exit())
                .as("the authority is used again")
                .isZero();
        for (var key : new String[] {"ca.key", "coordinator.key", "worker-0.key"}) {
            var mode = Files.getPosixFilePermissions(folder.resolve("certs").resolve(key));
            assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
        }

        var shown = Run.of("cert", "show", dir + "/worker-0.pem", "-o", "json");
        assertThat(shown.out()).contains("\"subject\":\"worker-0\"", "\"issuer\":\"Skein CA\"");
    }

    @Test
    void a_node_that_is_a_path_is_refused() {
        var run = init(folder.toString(), "--node", "../../etc/x");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("--node must match");
    }

    private static Run init(String dir, String... more) {
        var arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"cert", "init", "--dir", dir}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Run.of(arguments);
    }

    @Test
    void a_rotation_leaves_two_keys_and_their_public_halves_can_be_printed() {
        var data = folder.toString();
        Run.of("token", "create", "--role", "viewer", "--data-dir", data);

        var rotated = Run.of("token", "rotate", "--data-dir", data);

        assertThat(rotated.out().lines()).hasSize(2);
        var keys = Run.of("token", "keys", "--data-dir", data).out();
        assertThat(rotated.out().lines()).allMatch(keys::contains);
        assertThat(keys).doesNotContain("private");
    }

    @Test
    void an_audit_is_listed_and_a_changed_one_is_found_out() throws IOException {
        var wall = InstantSource.system();
        try (var audit = AuditWriter.open(folder, AuditConfig.DEFAULTS, wall, wall)) {
            audit.note(new Deed("ann", "admin", "deployGroup", "/groups", "ok", "", "r1", ""));
            audit.note(new Deed("bob", "viewer", "deleteGroup", "/groups/1", "refused: forbidden", "", "r2", ""));
        }
        var data = folder.toString();

        var refused = Run.of("audit", "list", "--filter", "outcome~refused", "-o", "json", "--data-dir", data);
        assertThat(refused.out()).contains("\"who\":\"bob\"").doesNotContain("\"who\":\"ann\"");
        assertThat(Run.of("audit", "verify", "--data-dir", data).err()).contains("2 lines are sound");

        var file = new AuditFolder(folder).current();
        assertThat(Run.of("audit", "export", "--data-dir", data).out()).isEqualTo(Files.readString(file));
        Files.writeString(file, Files.readString(file).replace("bob", "eve"));
        var tampered = Run.of("audit", "verify", "--data-dir", data);
        assertThat(tampered.exit()).isEqualTo(1);
        assertThat(tampered.err()).contains("line 2: was changed");
    }
}
