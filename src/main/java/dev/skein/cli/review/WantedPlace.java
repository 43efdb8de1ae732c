package dev.skein.cli.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Here;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Parameter and flags that say where what is reviewed lies. */
final class WantedPlace {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PATH",
            description = "directory; a relative one is taken from here")
    @Nullable
    String root;

    @Option(
            names = "--git",
            paramLabel = "URL",
            description = "in its place a repository, which the node copies from a place that its git.allow names")
    @Nullable
    String git;

    @Option(
            names = "--ref",
            paramLabel = "REF",
            description = "branch, tag or whole commit of --git (default: what it points to)")
    @Nullable
    String ref;

    @Option(names = "--workspace", paramLabel = "NAME", description = "in its place a workspace, by name or id")
    @Nullable
    String workspace;

    /** Fails unless exactly one place is named. */
    void check() {
        if (Stream.of(root, git, workspace).filter(given -> given != null).count() != 1) {
            throw Failure.usage("name one of PATH, --git and --workspace").advise("skein review start .");
        }
        if (root != null && root.isEmpty()) {
            throw Failure.usage("PATH must not be empty").advise("skein review start .");
        }
        if (ref != null && git == null) {
            throw Failure.usage("--ref goes with --git");
        }
    }

    /** What the API takes of it. */
    ObjectNode body() {
        var body = ReviewApi.JSON.createObjectNode();
        if (root != null) {
            body.put("root", Here.absolute(root).toString());
        }
        if (git != null) {
            body.put("git", git);
        }
        if (ref != null) {
            body.put("ref", ref);
        }
        if (workspace != null) {
            body.put("workspace", workspace);
        }
        return body;
    }

    /** In the words of whoever asked. */
    String words() {
        if (root != null) {
            return root;
        }
        return git != null ? git : "workspace " + workspace;
    }

    /** What a node of its own needs to know; who starts it may copy from wherever this user says. */
    Map<String, String> settings() {
        if (workspace != null) {
            throw Failure.usage("no cluster answers, and a node of its own has no workspaces")
                    .advise("--endpoint URL of a node that has workspace " + workspace);
        }
        if (root != null && !Files.isDirectory(Here.absolute(root))) {
            throw Failure.usage(Here.absolute(root) + " is no directory");
        }
        return git == null ? Map.of() : Map.of("SKEIN_GIT_ALLOW", git);
    }
}
