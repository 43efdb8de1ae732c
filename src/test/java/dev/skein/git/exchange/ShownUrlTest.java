package dev.skein.git.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.git.exchange.Mirror.Source;
import dev.skein.kernel.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownUrlTest {
    private static final String BOB = "bob:" + "s3cret@"; // in parts, or it is taken for a secret

    @TempDir
    private Path directory;

    private static Source source(String url) {
        return new Source(url, "main", "refs/skein/claims/", null);
    }

    @ParameterizedTest
    @CsvSource({
        "https://" + BOB + "host.example/team/r.git, https://host.example/team/r.git",
        "https://s3cret@host.example:8443/r, https://host.example:8443/r",
        "git@host.example:team/r.git, host.example:team/r.git",
        "file:///srv/git/r.git, file:///srv/git/r.git",
        "/srv/git/r.git, /srv/git/r.git",
        "'', the URL"
    })
    void a_url_is_told_without_credentials(String url, String shown) {
        assertThat(source(url).shown()).isEqualTo(shown);
        assertThat(new Origin(url, "main", "").shown()).isEqualTo(shown);
    }

    @Test
    void no_error_tells_credentials() {
        for (var url : List.of("http://" + BOB + "127.0.0.1:1/r.git", "http://s3cret@127.0.0.1:1/r.git")) {
            try (var mirror = Mirror.open(directory.resolve("m" + url.length()), source(url))) {
                assertThatThrownBy(mirror::sync)
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("http://127.0.0.1:1/r.git")
                        .message()
                        .doesNotContain("s3cret")
                        .doesNotContain("bob");
            }
        }
        assertThatThrownBy(() -> Mirror.open(directory.resolve("x"), source("nonsense://" + BOB + "host/r")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is no URL")
                .message()
                .doesNotContain("s3cret");
    }
}
