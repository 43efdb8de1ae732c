package dev.skein.http.api.workspaces;

import dev.skein.index.workspace.Repositories.Copy;
import dev.skein.index.workspace.Repositories.Fault;
import dev.skein.index.workspace.Repositories.Progress;
import dev.skein.index.workspace.Repositories.State;
import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.index.workspace.Workspaces.View;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A workspace as JSON has it; one that is still being copied has no id. */
record WorkspaceView(
        @Nullable String id,
        String name,
        String root,
        String router,
        List<String> sourceRoots,
        List<ShardView> shards,
        String state,
        @Nullable RepositoryView repository) {

    private record ShardView(
            String root,
            int files,
            long bytes,
            @Nullable String worker,
            long epoch,
            @Nullable String spare) {
        static ShardView of(Shard shard) {
            return new ShardView(
                    shard.root(), shard.files(), shard.bytes(), shard.worker(), shard.epoch(), shard.spare());
        }
    }

    private record RepositoryView(
            String url,
            @Nullable String ref,
            @Nullable String commit,
            @Nullable Progress progress,
            @Nullable Fault problem) {
        static @Nullable RepositoryView of(@Nullable Copy copy) {
            if (copy == null) {
                return null;
            }
            var ref = copy.ref().isEmpty() ? null : copy.ref();
            boolean isWorking = !copy.progress().task().isEmpty();
            return new RepositoryView(copy.url(), ref, copy.commit(), isWorking ? copy.progress() : null, copy.fault());
        }
    }

    /** @param copy null for a directory, and while the node is away that has the copy */
    static WorkspaceView of(View view, @Nullable Copy copy) {
        var shards = view.shards().stream().map(ShardView::of).toList();
        return new WorkspaceView(
                view.id(),
                view.name(),
                view.root(),
                view.router(),
                view.sourceRoots(),
                shards,
                word(copy == null ? State.READY : copy.state()),
                RepositoryView.of(copy));
    }

    /** One that is none yet. */
    static WorkspaceView of(Copy copy) {
        return new WorkspaceView(
                null,
                copy.name(),
                copy.root(),
                copy.router(),
                List.of(),
                List.of(),
                word(copy.state()),
                RepositoryView.of(copy));
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
