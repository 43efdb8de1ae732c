package dev.skein.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.auth.Authenticator.Known;
import dev.skein.auth.Authenticator.Shown;
import dev.skein.auth.Authenticator.Unknown;
import dev.skein.auth.Authenticator.Unverified;
import dev.skein.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticatorTest {
    @TempDir
    Path data;

    private Tokens tokens;

    @BeforeEach
    void open() {
        tokens = Tokens.open(data, Algorithm.EDDSA, InstantSource.system());
    }

    private Authenticator with(ApiKeys keys) {
        return new Authenticator(keys, List.of(new Secret("join")), tokens);
    }

    private static Shown key(String key, boolean isLocal) {
        return new Shown(key, List.of(), isLocal);
    }

    @Test
    void a_role_goes_by_its_aliases() {
        assertThat(Role.named("ReadOnly")).contains(Role.VIEWER);
        assertThat(Role.named("deploy")).contains(Role.OPERATOR);
        assertThat(Role.named("superadmin")).contains(Role.ADMIN);
        assertThat(Role.named("")).isEmpty();
    }

    @Test
    void a_key_is_known_by_its_owner() {
        var authenticator = with(new ApiKeys().add("secret", Role.OPERATOR, "ci"));

        assertThat(authenticator.check(key("secret", false)))
                .isInstanceOfSatisfying(
                        Known.class,
                        known -> assertThat(known.principal().subject()).isEqualTo("ci"));
        assertThat(authenticator.check(key("secre", true))).isInstanceOf(Unknown.class);
        assertThat(authenticator.check(key(null, true))).isInstanceOf(Unknown.class);
    }

    @Test
    void without_keys_this_machine_is_trusted_and_nobody_else() {
        var authenticator = with(new ApiKeys());

        assertThat(authenticator.check(key("any", true))).isInstanceOf(Known.class);
        assertThat(authenticator.check(key("any", false))).isInstanceOf(Unknown.class);
    }

    @Test
    void a_bad_token_is_not_taken_for_none() {
        var authenticator = with(new ApiKeys());

        assertThat(authenticator.check(new Shown(null, List.of("Basic YTpi"), true)))
                .isInstanceOf(Unknown.class);
        assertThat(authenticator.check(new Shown(null, List.of("Bearer "), true)))
                .isInstanceOf(Unknown.class);
        var twice = List.of("Bearer a.b.c", "Bearer a.b.c");
        assertThat(authenticator.check(new Shown(null, twice, true))).isInstanceOf(Unknown.class);
        assertThat(authenticator.check(new Shown(null, List.of("Bearer a.b.c"), true)))
                .isEqualTo(new Unverified("a.b.c"));
        assertThat(authenticator.verify("a.b.c")).isInstanceOf(Unknown.class);
    }

    @Test
    void a_token_is_checked_once() {
        var authenticator = with(new ApiKeys());
        var token = tokens.issue("anna", Role.VIEWER, Duration.ofMinutes(1)).token();
        var shown = new Shown("not a key", List.of("bearer " + token), false);
        assertThat(authenticator.check(shown)).isEqualTo(new Unverified(token));

        assertThat(authenticator.verify(token)).isInstanceOf(Known.class);

        assertThat(authenticator.check(shown)).isInstanceOf(Known.class);
    }

    @Test
    void join_keys_open_nothing_but_joining() {
        var authenticator = with(new ApiKeys().add("secret", Role.ADMIN, "admin"));

        assertThat(authenticator.isJoinKey("join")).isTrue();
        assertThat(authenticator.isJoinKey("secret")).isFalse();
        assertThat(authenticator.isJoinKey(null)).isFalse();
        assertThat(authenticator.check(key("join", true))).isInstanceOf(Unknown.class);
    }

    @Test
    void a_file_of_keys_is_read_and_its_faults_are_named() throws IOException {
        var file = data.resolve("keys.json");
        Files.writeString(file, "{\"keys\":[{\"key\":\"k1\",\"role\":\"write\",\"name\":\"ci\"}]}");
        assertThat(new ApiKeys().addFile(file).find("k1")).isEqualTo(Principal.ofKey("ci", Role.OPERATOR));

        Files.writeString(file, "{\"keys\":[{\"key\":\"k1\",\"role\":\"boss\"}]}");
        assertThatThrownBy(() -> new ApiKeys().addFile(file)).hasMessageContaining("keys[0] role must be");
        Files.writeString(file, "{\"keys\":[{\"key\":\"  \",\"role\":\"admin\"}]}");
        assertThatThrownBy(() -> new ApiKeys().addFile(file)).hasMessageContaining("must not be empty");
        Files.writeString(file, "{\"keys\":{}}");
        assertThatThrownBy(() -> new ApiKeys().addFile(file)).hasMessageContaining("must hold");
        Files.writeString(file, "{");
        assertThatThrownBy(() -> new ApiKeys().addFile(file)).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> new ApiKeys().addFile(data.resolve("none"))).hasMessageContaining("cannot be read");
    }
}
