package dev.skein.review.ledger.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.git.Upstream;
import dev.skein.review.scope.Scope;
import dev.skein.review.scope.Skipped.Reason;
import dev.skein.review.scope.Unit;
import dev.skein.review.scope.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links of a repository, in the copy that a worker of its ledger looks at. */
class LedgerLinksTest {
    @TempDir
    private Path directory;

    private Upstream upstream;
    private TestSite site;

    @BeforeEach
    void open() throws Exception {
        upstream = new Upstream(directory.resolve("up"));
        site = new TestSite(directory.resolve("site"), upstream.url(), Duration.ofMinutes(5));
        TestSite.fill(upstream, 1);
    }

    @AfterEach
    void close() {
        site.close();
        upstream.close();
    }

    private Scope scope() {
        return site.finder.scope(site.board.look().head(), Wanted.DEFAULTS);
    }

    /** Or no result of a ledger would be one of the files that a cluster sees. */
    @Test
    void a_directory_with_a_link_is_the_same_in_the_copy_as_in_a_checkout() throws Exception {
        Files.createSymbolicLink(upstream.work().resolve("src/d000/up"), Path.of("../.."));
        Files.createSymbolicLink(upstream.work().resolve("src/d000/B.java"), Path.of("A0.java"));
        upstream.commit("README.md", "# It\n");

        var copy = scope();

        var checkout = Scope.of(upstream.work(), Wanted.DEFAULTS);
        assertThat(copy.units())
                .extracting(Unit::hash)
                .containsExactlyElementsOf(
                        checkout.units().stream().map(Unit::hash).toList());
        assertThat(copy.counts().skipped(Reason.LINK)).isEqualTo(2);
        assertThat(copy.counts().lines()).isEqualTo(checkout.counts().lines());
    }

    @Test
    void nothing_is_written_through_a_link_that_becomes_a_directory() throws Exception {
        var outside = Files.createDirectories(directory.resolve("outside"));
        var place = upstream.work().resolve("place");
        Files.createSymbolicLink(place, outside);
        upstream.commit("README.md", "# It\n");
        assertThat(scope().counts().skipped(Reason.LINK)).isEqualTo(1);
        Files.delete(place);
        upstream.commit("place/B.java", "class B {}\n");

        assertThat(scope().units()).extracting(Unit::directory).contains("place");

        assertThat(outside).isEmptyDirectory();
        assertThat(site.mirror.files().resolve("place/B.java")).isRegularFile();
        Files.delete(place.resolve("B.java"));
        Files.delete(place);
        Files.createSymbolicLink(place, outside);
        upstream.commit("README.md", "# It again\n");
        assertThat(scope().counts().skipped(Reason.LINK)).isEqualTo(1);
    }
}
