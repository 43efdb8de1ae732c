package dev.skein.review.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.git.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** Files and repositories for tests. */
record Tree(Path root) {
    Tree with(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    Tree with(String... paths) throws IOException {
        for (var path : paths) {
            with(path, "text\n");
        }
        return this;
    }

    /** Makes it a repository that tracks these. */
    Tree tracking(String... paths) throws GitAPIException {
        assertThat(WorkTree.around(root)).isEmpty(); // sets JGit up, too
        try (var git = Git.init().setDirectory(root.toFile()).call()) {
            for (var path : paths) {
                git.add().addFilepattern(path).call();
            }
        }
        return this;
    }

    Scope scope() {
        return Scope.of(root, Wanted.DEFAULTS);
    }

    static List<String> paths(Scope scope) {
        return scope.files().map(ScopedFile::path).toList();
    }

    static List<String> skipped(Scope scope) {
        return scope.skipped().stream()
                .map(each -> each.path() + " " + each.reason().word())
                .toList();
    }
}
