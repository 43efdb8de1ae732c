package dev.skein.review.scope.rule;

import dev.skein.review.scope.rule.PathRules.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that hold in one directory: its own and those of the directories above it, the nearest first.
 *
 * @param depth how many directories lead from the top to where the rules stand
 */
public record IgnoreChain(
        PathRules rules, int depth, @Nullable IgnoreChain above) {
    public static final String FILE = ".gitignore";

    private static final long BYTES_MAX = 1 << 20; // a larger file has no rules

    /** A chain with nothing in it. */
    public static IgnoreChain empty() {
        return new IgnoreChain(PathRules.NONE, 0, null);
    }

    /** With the rules of a file, if it is one and has any. A link is not followed, as git does not. */
    public IgnoreChain with(Path file, int place) {
        var read = read(file);
        return read.isEmpty() ? this : new IgnoreChain(read, place, this);
    }

    private static PathRules read(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > BYTES_MAX) {
                return PathRules.NONE;
            }
            var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return PathRules.of(List.of((text.startsWith("\uFEFF") ? text.substring(1) : text).split("\n")));
        } catch (IOException e) {
            return PathRules.NONE; // as git, which warns and goes on
        }
    }

    /** Whether the path is ignored by itself; the directories on the way to it are not asked about. */
    public boolean ignores(String[] path, boolean directory) {
        for (var link = this; link != null; link = link.above) {
            var verdict = link.rules.verdict(path, link.depth, directory);
            if (verdict != Verdict.OPEN) {
                return verdict == Verdict.IGNORED;
            }
        }
        return false;
    }
}
