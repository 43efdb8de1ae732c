package dev.skein.http.api.workspaces;

import dev.skein.http.exchange.Refusal;
import dev.skein.index.workspace.Repositories.Add;
import dev.skein.index.workspace.Workspaces.Create;
import dev.skein.pipeline.Workers.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is asked for, as JSON has it: a directory, or a repository and what of it. */
record NewWorkspace(
        String name,
        @Nullable String root,
        @Nullable String git,
        @Nullable String branch,
        @Nullable String commit,
        @Nullable List<String> sourceRoots) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /** @throws Refusal with all that does not fit together */
    void check() {
        var faults = new ArrayList<String>();
        if ((root == null) == (git == null)) {
            faults.add("give exactly one of root, a directory of this node, and git, the URL of a repository");
        }
        if (git == null && (branch != null || commit != null)) {
            faults.add("branch and commit go with git");
        }
        if (branch != null && commit != null) {
            faults.add("give at most one of branch and commit");
        }
        if (commit != null && !COMMIT.matcher(commit).matches()) {
            faults.add("commit must be the 40 hexadecimal digits of a commit's whole name, got " + commit);
        }
        if (!faults.isEmpty()) {
            throw Refusal.faulty("invalid_workspace", faults);
        }
    }

    Create create(Caller caller) {
        return new Create(name, Objects.requireNonNull(root), roots(), caller);
    }

    Add add(Caller caller) {
        var ref = Objects.requireNonNullElse(branch, Objects.requireNonNullElse(commit, ""));
        return new Add(name, Objects.requireNonNull(git), ref, roots(), caller);
    }

    private List<String> roots() {
        return sourceRoots == null ? List.of() : sourceRoots;
    }
}
