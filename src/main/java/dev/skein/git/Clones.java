package dev.skein.git;

import dev.skein.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of repositories with the files of one commit and no history. Blocks; thread-safe for different directories.
 *
 * <p>Links in a repository become files with where they point to, so that no path below a copy leads out of it; no
 * redirect is followed, which could lead to a place that is not allowed; submodules are not fetched.
 */
public final class Clones {
    private static final Logger log = LoggerFactory.getLogger(Clones.class);
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final String FETCHED = "refs/skein/fetched";
    private static final String OWN = "skein";
    private static final int PACKS_MAX = 8;

    private final GitConfig config;
    private final Places places;
    private final InstantSource steady;

    public Clones(GitConfig config, InstantSource steady) {
        this.config = config;
        this.places = Places.of(config.allow());
        this.steady = steady;
        Isolated.fileSystem();
    }

    /**
     * What a copy holds.
     *
     * @param commit whole name
     */
    public record Head(Source source, String commit) {}

    /** The source, if it may be copied; fails with INVALID, NOT_FOUND or FORBIDDEN otherwise. */
    public Source allowed(String url, @Nullable String ref) {
        return places.check(url, ref == null ? "" : ref);
    }

    /** Looks after a copy that is to be made at this place. */
    public Watch watch(Path target) {
        return new Watch(target, config, steady);
    }

    /** What is copied at this place, if anything is. */
    public Optional<Head> head(Path target) {
        try (var git = Git.open(target.toFile())) {
            var commit = git.getRepository().resolve(Constants.HEAD);
            return commit == null ? Optional.empty() : source(git).map(source -> new Head(source, commit.name()));
        } catch (IOException | JGitInternalException e) {
            return Optional.empty();
        }
    }

    /** What was to be copied to this place, whether or not that came to an end. */
    public Optional<Source> source(Path target) {
        try (var git = Git.open(target.toFile())) {
            return source(git);
        } catch (IOException | JGitInternalException e) {
            return Optional.empty();
        }
    }

    private static Optional<Source> source(Git git) {
        var own = git.getRepository().getConfig();
        var url = own.getString(OWN, null, "url");
        var ref = own.getString(OWN, null, "ref");
        return url == null ? Optional.empty() : Optional.of(new Source(url, ref == null ? "" : ref));
    }

    /**
     * Makes a copy, or brings one up to date. What fails leaves files as they were, except where writing them failed.
     *
     * @throws Problem UNREACHABLE {@code git_unreachable} or {@code git_failed}, NOT_FOUND {@code git_not_found} or
     *     {@code git_ref_not_found}, FORBIDDEN {@code git_token_needed}, TOO_LARGE {@code git_too_large}, STORAGE_FULL
     *     {@code git_disk_full}, TIMEOUT
     */
    public Head bring(Source source, Path target, Watch watch) {
        places.check(source.url(), source.ref()); // what was allowed when it was made may not be any more
        try (var git = open(source, target)) {
            fetch(git, source, watch);
            watch.weigh();
            watch.check();
            var commit = checkOut(git.getRepository(), isCommit(source) ? source.ref() : FETCHED, watch);
            watch.check();
            tidy(git, watch);
            return new Head(source, commit.name());
        } catch (GitAPIException | IOException | JGitInternalException e) {
            watch.check();
            throw new Trouble(source, config.token() != null).of(e);
        }
    }

    private static Git open(Source source, Path target) throws IOException, GitAPIException {
        boolean isThere = Files.exists(target.resolve(".git"), LinkOption.NOFOLLOW_LINKS);
        Files.createDirectories(target);
        Files.deleteIfExists(target.resolve(".git/index.lock")); // of a process that was killed
        var git = isThere
                ? Git.open(target.toFile())
                : Git.init().setDirectory(target.toFile()).setInitialBranch(OWN).call();
        var own = git.getRepository().getConfig();
        own.setString(OWN, null, "url", source.url());
        own.setString(OWN, null, "ref", source.ref());
        CopyRules.note(own);
        own.setString("gc", null, "pruneExpire", "now"); // nobody else is working on it
        own.setString("gc", null, "prunePackExpire", "now");
        own.save();
        return git;
    }

    private void fetch(Git git, Source source, Watch watch) throws GitAPIException, IOException {
        if (!isCommit(source)) {
            fetching(git, source, watch, advertised(git, source)).setDepth(1).call();
            return;
        }
        try {
            fetching(git, source, watch, source.ref()).setDepth(1).call();
        } catch (GitAPIException | JGitInternalException e) {
            watch.check();
            everything(git, source, watch); // not every server gives a commit by its name
            return;
        }
        if (!git.getRepository().getObjectDatabase().has(ObjectId.fromString(source.ref()))) {
            everything(git, source, watch);
        }
    }

    private void everything(Git git, Source source, Watch watch) throws GitAPIException {
        fetching(git, source, watch, Constants.R_HEADS + "*").call();
    }

    private FetchCommand fetching(Git git, Source source, Watch watch, String name) {
        var to = name.endsWith("*") ? "refs/skein/heads/*" : FETCHED;
        return git.fetch()
                .setRemote(source.url())
                .setRefSpecs(new RefSpec("+" + name + ":" + to))
                .setTagOpt(TagOpt.NO_TAGS)
                .setTimeout(CopyRules.SILENCE_SECONDS)
                .setProgressMonitor(watch)
                .setCredentialsProvider(credentials(source));
    }

    /** What fails is tried again with the next fetch, and takes nothing from what came. */
    private static void tidy(Git git, Watch watch) {
        try {
            collect(git, watch);
        } catch (GitAPIException | IOException | JGitInternalException e) {
            watch.check();
            log.warn("what earlier commits had is kept for now: {}", e.toString());
        }
    }

    /** Lets go of what earlier commits had, or each fetch would leave a pack. */
    private static void collect(Git git, Watch watch) throws IOException, GitAPIException {
        var packs = git.getRepository().getDirectory().toPath().resolve("objects/pack");
        if (!Files.isDirectory(packs)) {
            return;
        }
        long many;
        try (var files = Files.list(packs)) {
            many = files.filter(file -> file.toString().endsWith(".pack")).count();
        }
        if (many > PACKS_MAX) {
            git.gc().setProgressMonitor(watch).call();
        }
    }

    private static boolean isCommit(Source source) {
        return COMMIT.matcher(source.ref()).matches();
    }

    private String advertised(Git git, Source source) throws GitAPIException {
        var refs = git.lsRemote()
                .setRemote(source.url())
                .setTimeout(CopyRules.SILENCE_SECONDS)
                .setCredentialsProvider(credentials(source))
                .callAsMap();
        var names = source.ref().isEmpty()
                ? List.of(Constants.HEAD)
                : List.of(Constants.R_HEADS + source.ref(), Constants.R_TAGS + source.ref(), source.ref());
        return names.stream()
                .filter(refs::containsKey)
                .findFirst()
                .orElseThrow(() -> Problem.notFound(
                        "git_ref_not_found",
                        source.ref().isEmpty()
                                ? source.url() + " has no commit"
                                : "%s has no branch and no tag %s".formatted(source.url(), source.ref())));
    }

    private @Nullable CredentialsProvider credentials(Source source) {
        var token = config.token();
        return token == null || !source.isSealed() ? null : CopyRules.credentials(token);
    }

    private static RevCommit checkOut(Repository repository, String name, Watch watch) throws IOException {
        try (var walk = new RevWalk(repository)) {
            var fetched = walk.parseCommit(resolved(repository, name));
            watch.limit(bytes(repository, fetched));
            watch.check();
            CopyRules.checkOut(repository, walk, fetched, watch);
            return fetched;
        }
    }

    private static ObjectId resolved(Repository repository, String name) throws IOException {
        var id = repository.resolve(name + "^{commit}");
        if (id == null) {
            throw new IOException("what was fetched is no commit");
        }
        return id;
    }

    /** Bytes that the files of a commit have: few fetched ones may be very many files. */
    private static long bytes(Repository repository, RevCommit commit) throws IOException {
        long bytes = 0;
        try (var tree = new TreeWalk(repository);
                var objects = repository.newObjectReader()) {
            tree.addTree(commit.getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                bytes += objects.has(tree.getObjectId(0)) ? objects.getObjectSize(tree.getObjectId(0), -1) : 0;
            }
        }
        return bytes;
    }
}
