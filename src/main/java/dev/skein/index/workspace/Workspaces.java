package dev.skein.index.workspace;

import dev.skein.bus.Endpoint;
import dev.skein.bus.Topic;
import dev.skein.pipeline.Workers.Caller;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the cluster offers about workspaces. A router looks at the directory, the leader keeps what it found. */
public final class Workspaces {
    /** Names of workspaces. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Shards of one workspace at most. */
    public static final int SHARDS_MAX = 1_000;

    /**
     * A directory to be indexed, for the router of the node that has it.
     *
     * @param root absolute
     * @param sourceRoots relative to it; empty to find them by the layouts of Maven and Gradle
     */
    public record Create(String name, String root, List<String> sourceRoots, Caller caller) {
        public Create {
            sourceRoots = List.copyOf(sourceRoots);
        }
    }

    /** How much is below a shard's root. */
    public record Extent(String root, int files, long bytes) {}

    /**
     * A directory that a router has looked at.
     *
     * @param root canonical
     * @param router id of the node that has it
     */
    public record Register(
            String name, String root, String router, List<String> sourceRoots, List<Extent> shards, Caller caller) {
        public Register {
            sourceRoots = List.copyOf(sourceRoots);
            shards = List.copyOf(shards);
        }
    }

    /**
     * One shard and who has it.
     *
     * @param files when the workspace was added, as are the bytes
     * @param worker null while there is none
     * @param node the worker's present life; null while it has none on the bus
     * @param epoch of the assignment, one more with each
     * @param spare another worker, which keeps a copy on its disk; null while none does
     * @param spareNode its present life; null while it has none on the bus
     */
    public record Shard(
            String root,
            int files,
            long bytes,
            @Nullable String worker,
            @Nullable String node,
            long epoch,
            @Nullable String spare,
            @Nullable String spareNode) {

        /** One without a spare. */
        public Shard(String root, int files, long bytes, @Nullable String worker, @Nullable String node, long epoch) {
            this(root, files, bytes, worker, node, epoch, null, null);
        }
    }

    /** A workspace; {@code id} is never used again, {@code router} is the id of the node that reads it. */
    public record View(
            String id, String name, String root, String router, List<String> sourceRoots, List<Shard> shards) {
        public View {
            sourceRoots = List.copyOf(sourceRoots);
            shards = List.copyOf(shards);
        }
    }

    public record Get(String name) {}

    public record ListAll(int limit, int offset) {}

    /** One page by name, and how many there are in all. */
    public record Listed(List<View> workspaces, int total) {
        public Listed {
            workspaces = List.copyOf(workspaces);
        }
    }

    public record Remove(String name, Caller caller) {}

    public record Removed(boolean removed) {}

    /** What somebody knows already. */
    public record Since(String version) {}

    /**
     * Every workspace with its shards.
     *
     * @param version changes with every change
     * @param workspaces null when the version is the one that was known
     */
    public record Atlas(String version, @Nullable List<View> workspaces) {
        public Atlas {
            workspaces = workspaces == null ? null : List.copyOf(workspaces);
        }
    }

    public record Changed(String version) {}

    /**
     * Served by each router. Fails with 400 {@code invalid_workspace} and every fault in its details, and as {@link
     * #REGISTER}.
     */
    public static final Endpoint<Create, View> CREATE = new Endpoint<>("workspace.create.v1", Create.class, View.class);

    /** Fails with 409 {@code workspace_exists} for the name, {@code workspace_root_taken} for the directory. */
    public static final Endpoint<Register, View> REGISTER =
            new Endpoint<>("workspace.register.v1", Register.class, View.class);

    /** Fails with 404 {@code workspace_not_found}. */
    public static final Endpoint<Get, View> GET = new Endpoint<>("workspace.get.v1", Get.class, View.class);

    public static final Endpoint<ListAll, Listed> LIST =
            new Endpoint<>("workspace.list.v1", ListAll.class, Listed.class);

    /** Fails with 404 {@code workspace_not_found}. */
    public static final Endpoint<Remove, Removed> REMOVE =
            new Endpoint<>("workspace.remove.v1", Remove.class, Removed.class);

    public static final Endpoint<Since, Atlas> ATLAS = new Endpoint<>("workspace.atlas.v1", Since.class, Atlas.class);

    /** A hint to ask for the atlas. */
    public static final Topic<Changed> CHANGED = new Topic<>("workspace.changed.v1", Changed.class);

    private Workspaces() {}
}
