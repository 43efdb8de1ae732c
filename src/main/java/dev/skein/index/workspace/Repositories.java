package dev.skein.index.workspace;

import dev.skein.bus.Endpoint;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.pipeline.Workers.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What routers offer about workspaces whose directory is a copy of a git repository. The copy is the router's own. */
public final class Repositories {
    /** How a copy is. */
    public enum State {
        /** For its turn. */
        WAITING,
        CLONING,
        READY,
        /** What was there is asked about as before. */
        REFRESHING,
        /** It was never there; forgotten after a while. */
        FAILED
    }

    /**
     * A repository to be copied and indexed.
     *
     * @param url without credentials
     * @param ref a branch, a tag or a whole commit's name; empty for what the repository points to
     * @param sourceRoots as of {@link Workspaces.Create}
     */
    public record Add(String name, String url, String ref, List<String> sourceRoots, Caller caller) {
        public Add {
            sourceRoots = List.copyOf(sourceRoots);
        }
    }

    /** Why the last attempt failed; the code is that of a problem. */
    public record Fault(String code, String message) {}

    /**
     * How far git is.
     *
     * @param task in its words; empty before the first
     * @param total 0 when it is not known
     * @param bytes on the disk
     */
    public record Progress(String task, int done, int total, long bytes) {}

    /**
     * One copy.
     *
     * @param name of the workspace
     * @param router id of the node that has it
     * @param isWorkspace whether the leader has it as one already
     * @param commit whole name of what its files are; null before there are any
     * @param fault of the last attempt; null when that did not fail
     */
    public record Copy(
            String name,
            String router,
            String root,
            String url,
            String ref,
            State state,
            boolean isWorkspace,
            @Nullable String commit,
            Progress progress,
            @Nullable Fault fault) {}

    /** @param workspace null while the copy is made */
    public record Added(Copy copy, @Nullable View workspace) {}

    /**
     * @param name null for all
     * @param onlyHere leaves other routers out
     */
    public record Find(@Nullable String name, boolean onlyHere) {}

    public record Found(List<Copy> copies) {
        public Found {
            copies = List.copyOf(copies);
        }
    }

    public record Refresh(String name) {}

    /** Calls a copy off that is no workspace yet, or forgets that it failed. */
    public record Drop(String name, boolean onlyHere) {}

    public record Dropped(boolean dropped) {}

    /**
     * Served by each router, as are the others. Answers once it is a workspace, or after a short while with how far it
     * is. Fails with INVALID {@code invalid_git_source} or {@code invalid_workspace}, FORBIDDEN {@code
     * git_not_allowed}, CONFLICT {@code workspace_exists}, LIMITED {@code too_many_copies}, and with what comes of
     * copying and of {@link Workspaces#CREATE} if that comes soon.
     */
    public static final Endpoint<Add, Added> ADD = new Endpoint<>("repository.add.v1", Add.class, Added.class);

    /** A router that does not answer has none. */
    public static final Endpoint<Find, Found> FIND = new Endpoint<>("repository.find.v1", Find.class, Found.class);

    /**
     * Brings the files up to the newest commit, and passes on to the router that has them. Fails with NOT_FOUND {@code
     * workspace_not_found}, CONFLICT {@code workspace_not_git}, LIMITED {@code too_many_copies}, UNREACHABLE while that
     * router is away, and with what comes of fetching if that comes soon.
     */
    public static final Endpoint<Refresh, Copy> REFRESH =
            new Endpoint<>("repository.refresh.v1", Refresh.class, Copy.class);

    public static final Endpoint<Drop, Dropped> DROP = new Endpoint<>("repository.drop.v1", Drop.class, Dropped.class);

    private Repositories() {}
}
