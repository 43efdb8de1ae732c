package dev.skein.review.scope;

import dev.skein.kernel.Problem;
import dev.skein.review.scope.Skipped.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a directory tree is reviewed, and what is not. The same tree gives the same scope.
 *
 * @param units by directory and part
 * @param skipped by path, the first {@link #SKIPPED_MAX}; what is below a directory that is skipped is not listed
 * @param counts of all
 */
public record Scope(List<Unit> units, List<Skipped> skipped, Counts counts) {
    /** Files of one scope at most. */
    public static final int FILES_MAX = 1_000_000;

    /** How much of what is skipped is listed by path. */
    public static final int SKIPPED_MAX = 100_000;

    public Scope {
        units = List.copyOf(units);
        skipped = List.copyOf(skipped);
    }

    /**
     * How much there is.
     *
     * @param directories with a file that is reviewed
     * @param skipped entries by reason
     */
    public record Counts(int directories, int files, long lines, long bytes, Map<Reason, Integer> skipped) {
        public Counts {
            skipped = Map.copyOf(skipped);
        }

        public int skipped(Reason reason) {
            return skipped.getOrDefault(reason, 0);
        }
    }

    /**
     * What none of some scopes has.
     *
     * @param listed by path, as much as the scopes list
     * @param counts of all, by the word of the reason
     */
    public record Skips(List<Skipped> listed, SortedMap<String, Integer> counts) {
        public Skips {
            listed = List.copyOf(listed);
            counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        }

        /** The first of them. */
        public List<Skipped> first(int max) {
            return listed.subList(0, Math.min(max, listed.size()));
        }
    }

    /** What is in one of the scopes of a tree is not skipped; without a scope nothing is. */
    public static Skips skips(List<Scope> scopes) {
        var counts = new TreeMap<String, Integer>();
        if (scopes.size() == 1) {
            scopes.get(0).counts.skipped.forEach((reason, count) -> counts.put(reason.word(), count));
            return new Skips(scopes.get(0).skipped, counts);
        }
        var listed = scopes.isEmpty() ? new ArrayList<Skipped>() : new ArrayList<>(scopes.get(0).skipped);
        for (var other : scopes) {
            var paths = other.skipped.stream().map(Skipped::path).collect(Collectors.toSet());
            listed.removeIf(each -> !paths.contains(each.path()));
        }
        listed.forEach(each -> counts.merge(each.reason().word(), 1, Integer::sum));
        return new Skips(listed, counts);
    }

    /**
     * Looks at every file once. Blocks on the disk; ends early when its thread is interrupted.
     *
     * @throws Problem INVALID {@code no_such_root} when root is no directory that can be read, TOO_LARGE {@code
     *     too_many_files} with more than {@link #FILES_MAX}
     */
    public static Scope of(Path root, Wanted wanted) {
        try {
            var real = root.toRealPath();
            if (!Files.isDirectory(real) || !Files.isReadable(real)) {
                throw missing(root);
            }
            return new Walk(real, wanted).walk();
        } catch (IOException e) {
            throw missing(root);
        }
    }

    /**
     * This, unless patterns were given that name nothing here.
     *
     * @throws Problem INVALID {@code nothing_included}
     */
    public Scope naming(List<String> include) {
        if (units.isEmpty() && !include.isEmpty()) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "nothing_included",
                    "include names no file that can be reviewed: " + String.join(", ", include),
                    List.of());
        }
        return this;
    }

    private static Problem missing(Path root) {
        return new Problem(
                Problem.Kind.INVALID, "no_such_root", root + " is no directory that can be read here", List.of());
    }

    public Stream<ScopedFile> files() {
        return units.stream().flatMap(unit -> unit.files().stream());
    }
}
