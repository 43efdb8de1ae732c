package dev.skein.router.index.feed;

import dev.skein.index.feed.Feeds.Fault;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One walk over a workspace: the Java files below its source roots, by path with {@code /} between. Symbolic links are
 * not followed, hidden directories and what builds put out is passed over, what cannot be read is a fault. Blocks.
 */
public final class RootScan extends SimpleFileVisitor<Path> {
    /** Files of one workspace at most. */
    public static final int FILES_MAX = 1_000_000;

    private static final String JAVA = ".java";

    /** A file as the disk has it. */
    public record Seen(long bytes, long modifiedMillis) {}

    /** @param full whether there are more files than may be */
    public record Found(NavigableMap<String, Seen> files, List<Fault> faults, boolean full) {}

    private final Path root;
    private final NavigableMap<String, Seen> files = new TreeMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final int filesMax;

    private RootScan(Path root, int filesMax) {
        this.root = root;
        this.filesMax = filesMax;
    }

    /**
     * Fails when the root goes meanwhile, since then it is not known which files are gone.
     *
     * @param sourceRoots where to look, relative to the root; those that are not there have no files
     */
    public static Found of(Path root, Collection<String> sourceRoots, int filesMax) throws IOException {
        var real = root.toRealPath();
        var scan = new RootScan(real, filesMax);
        for (var top : topmost(sourceRoots)) {
            var from = real.resolve(top).normalize();
            if (Files.isDirectory(from) && from.toRealPath().equals(from)) { // no link leads out of the root
                Files.walkFileTree(from, scan);
            }
        }
        scan.requireRoot();
        return new Found(scan.files, scan.faults, scan.isFull());
    }

    private void requireRoot() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException("it went while it was looked at");
        }
    }

    /** Without those that lie in others, so that nothing is visited twice. */
    private static List<String> topmost(Collection<String> sourceRoots) {
        var tops = new ArrayList<String>();
        for (var each : new TreeSet<>(sourceRoots)) {
            if (tops.stream().noneMatch(top -> top.isEmpty() || each.startsWith(top + "/"))) {
                tops.add(each);
            }
        }
        return tops;
    }

    private boolean isFull() {
        return files.size() >= filesMax;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return directory.equals(root) || !isPassedOver(directory)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
    }

    /** A package may be called {@code build} too, so what lies beside a directory decides. */
    static boolean isPassedOver(Path directory) {
        var name = directory.getFileName().toString();
        return switch (name) {
            case "target" -> Files.exists(directory.resolveSibling("pom.xml"));
            case "build" ->
                Files.exists(directory.resolveSibling("build.gradle"))
                        || Files.exists(directory.resolveSibling("build.gradle.kts"));
            case "node_modules" -> true;
            default -> name.startsWith(".");
        };
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && file.getFileName().toString().endsWith(JAVA)) {
            files.put(
                    path(file),
                    new Seen(attributes.size(), attributes.lastModifiedTime().toMillis()));
        }
        return isFull() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
        requireRoot();
        faults.add(new Fault(path(file), "unreadable"));
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException cause) throws IOException {
        if (cause != null) {
            requireRoot();
            faults.add(new Fault(path(directory), "unreadable"));
        }
        return FileVisitResult.CONTINUE;
    }

    /** A directory and those below it, relative to the root, but for what a walk passes over. */
    public static Set<String> directories(Path root, String top) throws IOException {
        var all = new TreeSet<String>();
        Files.walkFileTree(root.resolve(top), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (isPassedOver(directory)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                all.add(root.relativize(directory).toString());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException cause) {
                return FileVisitResult.CONTINUE; // a walk names it
            }
        });
        return all;
    }

    private String path(Path file) {
        return root.relativize(file).toString();
    }
}
