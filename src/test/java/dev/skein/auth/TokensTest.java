package dev.skein.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokensTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @TempDir
    Path data;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-15T10:00:00.7Z"));
    private final InstantSource clock = now::get;

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void a_token_says_who_may_do_what_until_when(Algorithm algorithm) {
        var tokens = Tokens.open(data, algorithm, clock);
        var issued = tokens.issue("anna", Role.OPERATOR, TEN_MINUTES);

        var principal = tokens.verify(issued.token());

        assertThat(principal.subject()).isEqualTo("anna");
        assertThat(principal.role()).isEqualTo(Role.OPERATOR);
        assertThat(principal.tokenId()).isEqualTo(issued.id());
        assertThat(principal.expiry()).isEqualTo("2026-01-15T10:10:00Z");
    }

    @Test
    void keys_are_made_for_their_owner_alone() throws IOException {
        Tokens.open(data, Algorithm.EDDSA, clock);

        assertThat(modeOf("keys")).isEqualTo("rwx------");
        assertThat(modeOf("keys/token-1.json")).isEqualTo("rw-------");
        assertThat(data.resolve("keys").toFile().list()).containsExactly("token-1.json");
    }

    private String modeOf(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(path)));
    }

    @Test
    void a_key_that_others_can_read_is_not_used() throws IOException {
        Tokens.open(data, Algorithm.EDDSA, clock);
        Files.setPosixFilePermissions(data.resolve("keys/token-1.json"), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> Tokens.open(data, Algorithm.EDDSA, clock))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("chmod go-rwx");
    }

    @Test
    void a_key_file_without_a_key_is_not_used() throws IOException {
        Tokens.open(data, Algorithm.EDDSA, clock);
        Files.writeString(
                data.resolve("keys/token-1.json"), "{\"alg\":\"EdDSA\",\"privateKey\":\"\",\"publicKey\":\"\"}");

        assertThatThrownBy(() -> Tokens.open(data, Algorithm.EDDSA, clock)).isInstanceOf(Problem.class);
    }

    @Test
    void a_token_made_beside_the_node_is_believed_by_it() {
        var issued = Tokens.issue(data, "ops", Role.VIEWER, TEN_MINUTES);

        var principal =
                Tokens.open(data, Algorithm.EDDSA, InstantSource.system()).verify(issued.token());

        assertThat(principal.subject()).isEqualTo("ops");
    }

    @Test
    void tokens_of_the_key_before_are_believed_while_it_is_there() throws IOException {
        var old = Tokens.open(data, Algorithm.EDDSA, clock).issue("anna", Role.VIEWER, TEN_MINUTES);
        var both = Tokens.open(data, Algorithm.ES256, clock);

        assertThat(both.verify(old.token()).subject()).isEqualTo("anna");
        assertThat(both.verify(both.issue("bert", Role.VIEWER, TEN_MINUTES).token())
                        .subject())
                .isEqualTo("bert");

        Files.delete(data.resolve("keys/token-1.json"));
        var one = Tokens.open(data, Algorithm.ES256, clock);
        assertThatThrownBy(() -> one.verify(old.token())).hasMessageContaining("unknown kid");
    }

    @Test
    void a_token_is_remembered_until_it_ends() {
        var tokens = Tokens.open(data, Algorithm.EDDSA, clock);
        var token = tokens.issue("anna", Role.VIEWER, TEN_MINUTES).token();
        assertThat(tokens.remembered(token)).isNull();
        tokens.verify(token);
        assertThat(tokens.remembered(token)).isNotNull();

        now.set(now.get().plus(TEN_MINUTES));

        assertThat(tokens.remembered(token)).isNull();
    }

    @Test
    void memory_of_tokens_is_bounded() {
        var tokens = Tokens.open(data, Algorithm.EDDSA, clock);
        var first = tokens.issue("anna", Role.VIEWER, TEN_MINUTES).token();
        tokens.verify(first);

        for (int i = 0; i < 4_096; i++) {
            tokens.verify(tokens.issue("anna", Role.VIEWER, TEN_MINUTES).token());
        }

        assertThat(tokens.remembered(first)).isNull();
        assertThat(tokens.verify(first).subject()).isEqualTo("anna");
    }

    @Test
    void nobody_gets_a_token_for_longer_than_an_hour() {
        var tokens = Tokens.open(data, Algorithm.EDDSA, clock);

        assertThatThrownBy(() -> tokens.issue("anna", Role.VIEWER, Duration.ofMinutes(61)))
                .hasMessageContaining("60 min");
        assertThatThrownBy(() -> tokens.issue("anna", Role.VIEWER, Duration.ZERO))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> tokens.issue(" ", Role.VIEWER, TEN_MINUTES)).isInstanceOf(Problem.class);
    }

    @Test
    void a_running_node_believes_two_keys_after_a_rotation_and_one_when_the_old_is_gone() throws IOException {
        var now = new AtomicReference<>(Instant.parse("2026-01-15T10:00:00Z"));
        var node = Tokens.open(data, Algorithm.EDDSA, now::get);
        var old = node.issue("anna", Role.VIEWER, TEN_MINUTES);

        assertThat(Tokens.rotate(data, Algorithm.ES256)).hasSize(2);
        now.set(now.get().plusSeconds(2));
        var next = Tokens.open(data, Algorithm.ES256, now::get).issue("bert", Role.VIEWER, TEN_MINUTES);
        assertThat(node.verify(next.token()).subject()).isEqualTo("bert");
        assertThat(node.verify(old.token()).subject()).isEqualTo("anna");

        Files.delete(data.resolve("keys/token-1.json"));
        node.look();
        assertThat(node.remembered(old.token())).isNull();
        assertThatThrownBy(() -> node.verify(old.token())).hasMessageContaining("unknown kid");
        assertThat(node.verify(next.token()).subject()).isEqualTo("bert");
    }

    @Test
    void a_rotation_removes_keys_that_no_living_token_can_have() throws IOException {
        Tokens.open(data, Algorithm.EDDSA, clock);
        Tokens.rotate(data, Algorithm.EDDSA);
        var longAgo = FileTime.from(SteadyClock.system().instant().minus(Duration.ofHours(2)));
        Files.setLastModifiedTime(data.resolve("keys/token-2.json"), longAgo);

        assertThat(Tokens.rotate(data, Algorithm.EDDSA)).hasSize(2);
        assertThat(data.resolve("keys/token-1.json")).doesNotExist();
    }

    @Test
    void the_tokens_of_another_node_are_believed_where_its_public_keys_are_trusted() throws IOException {
        var other = data.resolve("other");
        var token = Tokens.open(other, Algorithm.EDDSA, clock)
                .issue("anna", Role.OPERATOR, TEN_MINUTES)
                .token();
        var file = Files.writeString(data.resolve("other.keys.json"), Tokens.publicKeys(other));
        assertThat(Files.readString(file)).doesNotContain("privateKey");

        var trusting = Tokens.open(data, Algorithm.EDDSA, List.of(file), clock);
        var strange = Tokens.open(data, Algorithm.EDDSA, clock);

        assertThat(trusting.verify(token).subject()).isEqualTo("anna");
        assertThatThrownBy(() -> strange.verify(token)).hasMessageContaining("unknown kid");
    }

    @Test
    void a_file_of_trusted_keys_that_holds_none_is_named() throws IOException {
        var file = Files.writeString(data.resolve("broken.json"), "{\"keys\": [{\"alg\": \"none\"}]}");

        assertThatThrownBy(() -> Tokens.open(data, Algorithm.EDDSA, List.of(file), clock))
                .hasMessageContaining("broken.json");
    }
}
