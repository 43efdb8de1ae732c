package dev.skein.lsp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.client.IndexClient;
import dev.skein.kernel.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The editor's folders and the workspaces of the index that they are in. Thread safe. */
final class Folders {
    private static final int NAME_MAX = 40;
    private static final String NAME_TAKEN = "workspace_exists";

    private final IndexClient index;
    private final @Nullable String only;
    private final Map<Path, CompletableFuture<Folder>> folders = new ConcurrentHashMap<>();

    /**
     * A folder that is indexed.
     *
     * @param opened as the editor names it, perhaps by way of links
     * @param within the same below the workspace's root; empty for the root itself
     */
    record Folder(String workspace, Path opened, Path within) {
        /** Below the workspace's root, with slashes. */
        String path(Path file) {
            return within.resolve(opened.relativize(file))
                    .normalize()
                    .toString()
                    .replace('\\', '/');
        }

        /** Where the editor has a file of the workspace; above the opened folder by as many steps as it takes. */
        String uri(String path) {
            var top = opened;
            for (int steps = within.toString().isEmpty() ? 0 : within.getNameCount(); steps > 0; steps--) {
                top = Objects.requireNonNull(top.getParent(), "a folder within has parents");
            }
            return top.resolve(path).toUri().toString();
        }
    }

    /** A file of a workspace. */
    record Place(Folder folder, String path) {
        String workspace() {
            return folder.workspace;
        }
    }

    /** @param only the workspace that every folder is in; null to find it by its root */
    Folders(IndexClient index, @Nullable String only) {
        this.index = index;
        this.only = only;
    }

    /** Finds the folder's workspace, or adds one. */
    CompletableFuture<Folder> open(String uri) {
        var opened = path(uri);
        if (opened == null) {
            return CompletableFuture.failedFuture(Problem.invalid(uri + " is not a directory of this machine"));
        }
        var attached = folders.computeIfAbsent(opened, this::attach);
        attached.whenComplete((folder, failure) -> {
            if (failure != null) {
                folders.remove(opened, attached); // so that it is tried again when it is opened again
            }
        });
        return attached;
    }

    void close(String uri) {
        var opened = path(uri);
        if (opened != null) {
            folders.remove(opened);
        }
    }

    /** Those that are attached by now. */
    List<Folder> attached() {
        return folders.values().stream().flatMap(Folders::done).toList();
    }

    /** The names of their workspaces. */
    Stream<String> workspaces() {
        return attached().stream().map(Folder::workspace).distinct();
    }

    /** Where a document is once its folder is attached; null for one outside of all folders. */
    CompletableFuture<@Nullable Place> place(String uri) {
        var file = path(uri);
        if (file == null) {
            return CompletableFuture.completedFuture(null);
        }
        return folders.entrySet().stream()
                .filter(each -> file.startsWith(each.getKey()))
                .max(Comparator.comparingInt(each -> each.getKey().getNameCount()))
                .map(each ->
                        each.getValue().thenApply(folder -> (@Nullable Place) new Place(folder, folder.path(file))))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<Folder> attach(Path opened) {
        return index.workspaces().thenCompose(answer -> {
            var real = real(opened);
            return StreamSupport.stream(answer.path("workspaces").spliterator(), false)
                    .filter(each -> fits(each, real))
                    .max(Comparator.comparingInt(each -> root(each).getNameCount()))
                    .map(each -> CompletableFuture.completedFuture(folder(each, opened, real)))
                    .orElseGet(() -> add(opened, real));
        });
    }

    private boolean fits(JsonNode workspace, Path real) {
        boolean isNamed = only == null || only.equals(workspace.path("name").asText());
        return isNamed && real.startsWith(root(workspace));
    }

    private CompletableFuture<Folder> add(Path opened, Path real) {
        if (only != null) {
            return CompletableFuture.failedFuture(
                    Problem.invalid("the workspace " + only + " is not there or does not have " + real));
        }
        var name = name(real);
        return index.add(name, real.toString())
                .exceptionallyCompose(failure -> isTaken(failure)
                        ? index.add(name + "-" + Integer.toHexString(real.hashCode()), real.toString())
                        : CompletableFuture.failedFuture(failure))
                .thenApply(workspace -> folder(workspace, opened, real));
    }

    private static boolean isTaken(Throwable failure) {
        var problem = Problem.in(failure);
        return problem != null && problem.code().equals(NAME_TAKEN);
    }

    private static Folder folder(JsonNode workspace, Path opened, Path real) {
        return new Folder(
                workspace.path("name").asText(), opened, root(workspace).relativize(real));
    }

    private static Path root(JsonNode workspace) {
        return Path.of(workspace.path("root").asText("/"));
    }

    private static String name(Path root) {
        var last = root.getFileName() == null ? "" : root.getFileName().toString();
        var name = last.replaceAll("[^A-Za-z0-9._-]", "-");
        return name.isEmpty() ? "root" : name.substring(0, Math.min(NAME_MAX, name.length()));
    }

    private static Path real(Path opened) {
        try {
            return opened.toRealPath();
        } catch (IOException e) {
            return opened; // the index then says what is wrong with it
        }
    }

    private static @Nullable Path path(String uri) {
        try {
            return Path.of(URI.create(uri)).normalize();
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return null;
        }
    }

    private static Stream<Folder> done(CompletableFuture<Folder> folder) {
        return folder.isDone() && !folder.isCompletedExceptionally() ? Stream.of(folder.join()) : Stream.empty();
    }
}
