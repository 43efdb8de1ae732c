package dev.skein.review.scope;

import dev.skein.git.WorkTree;
import dev.skein.kernel.Problem;
import dev.skein.review.scope.Skipped.Reason;
import dev.skein.review.scope.rule.IgnoreChain;
import dev.skein.review.scope.text.Languages;
import dev.skein.review.scope.text.Look;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Goes through a directory tree once. Keeps a list of directories instead of calling itself; follows no link. */
final class Walk {
    private static final Set<String> TOOLS = Set.of(".git", ".beads", ".hg", ".svn", ".bzr", "CVS", "_darcs", ".jj");
    private static final String GIT = ".git";

    private final Path root;
    private final Wanted wanted;
    private final @Nullable WorkTree tree;
    private final Sieve sieve;
    private final Languages languages = Languages.common();
    private final Deque<Place> places = new ArrayDeque<>();
    private final Units units;
    private final List<Skipped> skipped = new ArrayList<>();
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    private int files;

    /** A directory to be looked at; {@code path} is empty for the root. */
    private record Place(Path directory, String path, String[] parts, int depth, IgnoreChain chain, boolean ignored) {
        String child(String name) {
            return path.isEmpty() ? name : path + "/" + name;
        }
    }

    /** A directory that is being looked at. */
    private record Looked(Place place, Set<String> names, List<ScopedFile> found) {
        Sieve.Entry entry(String name, boolean directory) {
            var parts = Arrays.copyOf(place.parts, place.parts.length + 1);
            parts[place.parts.length] = name;
            return new Sieve.Entry(place.child(name), parts, directory, names, place.ignored);
        }
    }

    Walk(Path root, Wanted wanted) {
        this.root = root;
        this.wanted = wanted;
        this.tree = WorkTree.around(root).orElse(null);
        this.sieve = new Sieve(wanted, tree);
        this.units = new Units(wanted.unitLines());
    }

    Scope walk() {
        places.push(first());
        while (!places.isEmpty()) {
            if (Thread.currentThread().isInterrupted()) {
                throw Problem.timeout("looking for files was given up");
            }
            look(places.pop());
        }
        skipped.sort(Comparator.comparing(Skipped::path));
        return units.scope(skipped, counts);
    }

    /** The root, with the rules of directories above it where they are of the same repository. */
    private Place first() {
        if (tree == null) {
            return new Place(root, "", new String[0], 0, IgnoreChain.empty().with(ignoreFile(root), 0), false);
        }
        var chain = IgnoreChain.empty().with(tree.excludeFile(), 0).with(ignoreFile(tree.top()), 0);
        var at = tree.top();
        var way = new ArrayList<String>();
        boolean ignored = false;
        for (var name : tree.top().equals(root) ? List.<Path>of() : tree.top().relativize(root)) {
            way.add(name.toString());
            ignored |= chain.ignores(way.toArray(String[]::new), true);
            at = at.resolve(name);
            chain = chain.with(ignoreFile(at), way.size());
        }
        var parts = way.toArray(String[]::new);
        // who asks for an ignored directory by name wants it
        return ignored
                ? new Place(root, "", parts, 0, IgnoreChain.empty().with(ignoreFile(root), parts.length), false)
                : new Place(root, "", parts, 0, chain, false);
    }

    private static Path ignoreFile(Path directory) {
        return directory.resolve(IgnoreChain.FILE);
    }

    private void look(Place place) {
        var names = names(place);
        if (names == null) {
            skip(place.path.isEmpty() ? "./" : place.path + "/", Reason.UNREADABLE);
            return;
        }
        var looked = new Looked(place, names.keySet(), new ArrayList<>());
        names.forEach((name, path) -> {
            if (!TOOLS.contains(name)) {
                entry(looked, name, path);
            }
        });
        var directory = place.path.isEmpty() ? "." : place.path;
        if (!looked.found.isEmpty()) {
            units.add(directory, sieve.priority(directory), looked.found);
        }
    }

    /** What is in a directory by name; null when that cannot be read. */
    private @Nullable Map<String, Path> names(Place place) {
        var names = new TreeMap<String, Path>();
        try (var entries = Files.newDirectoryStream(place.directory)) {
            for (var entry : entries) {
                var name = entry.getFileName().toString();
                if (place.directory.resolve(name).equals(entry)) {
                    names.put(name, entry);
                } else {
                    skip(place.child(name), Reason.UNREADABLE); // its bytes are no text in the encoding of names
                }
            }
            return names;
        } catch (IOException | DirectoryIteratorException e) {
            return null;
        }
    }

    private void entry(Looked looked, String name, Path path) {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                directory(looked, looked.entry(name, true), path);
                return;
            }
            var entry = looked.entry(name, false);
            var reason = sieve.reason(entry, looked.place.chain);
            if (reason == null && attributes.isSymbolicLink()) {
                reason = Reason.LINK;
            } else if (reason == null && !attributes.isRegularFile()) {
                reason = Reason.SPECIAL;
            } else if (reason == null && attributes.size() > wanted.bytesMax()) {
                reason = Reason.TOO_LARGE;
            }
            reason = reason == null ? file(looked, name, path) : reason;
            if (reason != null) {
                skip(entry.path(), reason);
            }
        } catch (IOException e) {
            skip(looked.place.child(name), Reason.UNREADABLE);
        }
    }

    private void directory(Looked looked, Sieve.Entry entry, Path path) {
        var place = looked.place;
        var reason = sieve.isSubmodule(entry) || Files.exists(path.resolve(GIT), LinkOption.NOFOLLOW_LINKS)
                ? Reason.NESTED
                : sieve.reason(entry, place.chain);
        if (reason == null && place.depth >= wanted.depthMax()) {
            reason = Reason.TOO_DEEP;
        }
        if (reason != null) {
            skip(entry.path() + "/", reason);
            return;
        }
        boolean ignored = sieve.isIgnored(entry, place.chain);
        var parts = entry.parts();
        var chain = place.chain.with(ignoreFile(path), parts.length);
        places.push(new Place(path, entry.path(), parts, place.depth + 1, chain, ignored));
    }

    /** Why a file is left out by its content, or null when it is taken. */
    private @Nullable Reason file(Looked looked, String name, Path path) throws IOException {
        var bytes = SourceReader.read(path, wanted.bytesMax());
        if (bytes.length > wanted.bytesMax()) {
            return Reason.TOO_LARGE;
        }
        var look = Look.at(name, bytes);
        if (look.kind() != Look.Kind.TEXT) {
            return Reason.valueOf(look.kind().name());
        }
        if (++files > Scope.FILES_MAX) {
            var message = "more than %d files; name fewer by include or exclude".formatted(Scope.FILES_MAX);
            throw new Problem(Problem.Kind.TOO_LARGE, "too_many_files", message, List.of());
        }
        var language = languages.of(name, look.text());
        looked.found.add(new ScopedFile(
                looked.place.child(name), bytes.length, look.lines(), SourceReader.hash(bytes), language));
        return null;
    }

    private void skip(String path, Reason reason) {
        counts.merge(reason, 1, Integer::sum);
        if (skipped.size() < Scope.SKIPPED_MAX) {
            skipped.add(new Skipped(path, reason));
        }
    }
}
