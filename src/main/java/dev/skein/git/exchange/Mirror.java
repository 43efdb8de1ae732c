package dev.skein.git.exchange;

import dev.skein.config.Secret;
import dev.skein.git.CopyRules;
import dev.skein.git.Isolated;
import dev.skein.kernel.Problem;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.jspecify.annotations.Nullable;

/**
 * A copy of one branch of a remote and of refs below a prefix, with objects of one's own. Blocks. Pushing, committing
 * and reading may be done by several threads; fetching and checking out by one.
 */
public final class Mirror implements AutoCloseable {
    private static final String BRANCH = "refs/skein/branch";
    private static final Path NOWHERE = Path.of(Constants.DOT_GIT, "nowhere"); // which no tree has
    private static final String REFS = "refs/skein/refs/";

    private final Git git;
    private final Repository repository;
    private final Remote remote;
    private boolean isFilled; // confined with the next to the thread that fetches
    private final List<Path> links = new ArrayList<>(); // that were checked out

    private Mirror(Git git, Remote remote) {
        this.git = git;
        this.repository = git.getRepository();
        this.remote = remote;
    }

    /**
     * What is copied.
     *
     * @param branch without {@code refs/heads/}
     * @param prefix of further refs, with {@code /} at its end
     * @param token sent by https alone; null: none
     */
    public record Source(
            String url,
            String branch,
            String prefix,
            @Nullable Secret token) {
        /** Its URL for people, without credentials. */
        public String shown() {
            return Remote.shown(url);
        }

        public String branchRef() {
            return Constants.R_HEADS + branch;
        }
    }

    /** @param message first line is the subject */
    public record NewCommit(String tree, List<String> parents, String author, String message) {
        public NewCommit {
            parents = List.copyOf(parents);
        }
    }

    /**
     * A copy at this place, which must be empty or not there; nothing is fetched yet.
     *
     * @throws Problem INVALID {@code invalid_git_source}
     */
    public static Mirror open(Path directory, Source source) {
        Isolated.fileSystem();
        try {
            Files.createDirectories(directory);
            var git = Git.init()
                    .setDirectory(directory.toFile())
                    .setInitialBranch("skein")
                    .call();
            var own = git.getRepository().getConfig();
            CopyRules.note(own);
            own.setInt("gc", null, "auto", 0);
            own.setBoolean("gc", null, "autoDetach", false); // or a thread looks whether there is something to do
            own.save();
            return new Mirror(git, new Remote(source));
        } catch (URISyntaxException e) {
            throw new Problem(Problem.Kind.INVALID, "invalid_git_source", source.shown() + " is no URL", List.of());
        } catch (IOException | GitAPIException e) {
            throw failed("a copy at " + directory, e);
        }
    }

    private static Problem failed(String what, Exception cause) {
        return failed(what, cause, String.valueOf(cause.getMessage()));
    }

    private static Problem failed(String what, Exception cause, String said) {
        var known = Problem.in(cause);
        if (known != null) {
            return known;
        }
        var message = "%s: %s".formatted(what, said);
        return new Problem(Problem.Kind.UNREACHABLE, "git_failed", message, List.of());
    }

    /** Where its files are once they were checked out. */
    public Path files() {
        return repository.getWorkTree().toPath();
    }

    /**
     * Fetches what is new.
     *
     * @throws Problem NOT_FOUND {@code git_ref_not_found} without the branch, FORBIDDEN {@code git_forbidden},
     *     UNREACHABLE {@code git_failed}
     */
    public Seen sync() {
        var source = remote.source();
        try (var transport = remote.open(repository)) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setRemoveDeletedRefs(true);
            if (!isFilled) {
                transport.setDepth(1);
            }
            var fetched = transport.fetch(
                    NullProgressMonitor.INSTANCE,
                    List.of(
                            new RefSpec("+" + source.branchRef() + ":" + BRANCH),
                            new RefSpec("+" + source.prefix() + "*:" + REFS + "*")));
            isFilled = true;
            var refs = new TreeMap<String, String>();
            String head = null;
            for (var ref : fetched.getAdvertisedRefs()) {
                var id = ref.getObjectId();
                if (id != null && ref.getName().equals(source.branchRef())) {
                    head = id.name();
                } else if (id != null && ref.getName().startsWith(source.prefix())) {
                    refs.put(ref.getName().substring(source.prefix().length()), id.name());
                }
            }
            return new Seen(present(head), refs);
        } catch (TransportException e) {
            throw remote.problem(e);
        } catch (IOException | RuntimeException e) {
            throw failed(source.shown() + " cannot be fetched", e, remote.told(e));
        }
    }

    private String present(@Nullable String head) {
        if (head == null) {
            throw remote.missing();
        }
        return head;
    }

    /**
     * Pushes all or nothing; several only where the remote can change them at once.
     *
     * @throws Problem FORBIDDEN {@code git_forbidden}; UNREACHABLE {@code git_failed}, when it may have happened
     */
    public Pushed push(List<Update> updates) {
        try (var transport = remote.open(repository)) {
            return new Push(repository, transport).push(updates);
        } catch (TransportException e) {
            throw remote.problem(e);
        } catch (IOException | RuntimeException e) {
            throw failed(remote.source().shown() + " cannot be pushed to", e, remote.told(e));
        }
    }

    /** Names a new commit, which is nowhere else yet. */
    public String commit(NewCommit wanted, Instant now) {
        try (var inserter = repository.newObjectInserter()) {
            var builder = new CommitBuilder();
            builder.setTreeId(ObjectId.fromString(wanted.tree));
            builder.setParentIds(
                    wanted.parents.stream().map(ObjectId::fromString).toList());
            var who = new PersonIdent(wanted.author, "skein@invalid", now, ZoneOffset.UTC);
            builder.setAuthor(who);
            builder.setCommitter(who);
            builder.setMessage(wanted.message);
            var id = inserter.insert(builder);
            inserter.flush();
            return id.name();
        } catch (IOException e) {
            throw failed("a commit cannot be written", e);
        }
    }

    /**
     * Names the tree of a commit with some files replaced.
     *
     * @param commit null for an empty tree
     */
    public String tree(@Nullable String commit, Map<String, byte[]> files) {
        try (var reader = repository.newObjectReader();
                var inserter = repository.newObjectInserter()) {
            var before = commit == null ? null : parsed(commit).getTree().getId();
            var id = new TreeEdit(reader, inserter).with(before, files);
            inserter.flush();
            return id.name();
        } catch (IOException e) {
            throw failed("a tree cannot be written", e);
        }
    }

    /** The same for two commits that only differ in one directory at the top. */
    public String treeWithout(String commit, String directory) {
        try (var reader = repository.newObjectReader();
                var inserter = repository.newObjectInserter()) {
            return new TreeEdit(reader, inserter)
                    .without(parsed(commit).getTree().getId(), directory);
        } catch (IOException e) {
            throw failed("a tree cannot be read", e);
        }
    }

    private RevCommit parsed(String commit) throws IOException {
        try (var walk = new RevWalk(repository)) {
            return walk.parseCommit(ObjectId.fromString(commit));
        }
    }

    /** What a commit says; none for an object that is no commit. */
    public Optional<String> message(String object) {
        try (var reader = repository.newObjectReader()) {
            boolean isCommit = reader.open(ObjectId.fromString(object)).getType() == Constants.OBJ_COMMIT;
            return isCommit ? Optional.of(parsed(object).getFullMessage()) : Optional.empty();
        } catch (IOException e) {
            throw failed(object + " cannot be read", e);
        }
    }

    /**
     * A file of a commit, if it is there.
     *
     * @throws Problem TOO_LARGE for more than {@code bytesMax}
     */
    public Optional<byte[]> read(String commit, String path, int bytesMax) {
        try (var found = TreeWalk.forPath(repository, path, parsed(commit).getTree())) {
            if (found == null) {
                return Optional.empty();
            }
            var object = repository.open(found.getObjectId(0));
            if (object.getSize() > bytesMax) {
                throw new Problem(Problem.Kind.TOO_LARGE, path + " has more than %d bytes".formatted(bytesMax));
            }
            return Optional.of(object.getBytes(bytesMax));
        } catch (IOException e) {
            throw failed(path + " cannot be read", e);
        }
    }

    /** Paths of files below a directory of a commit. */
    public List<String> list(String commit, String directory) {
        var paths = new ArrayList<String>();
        try (var walk = new TreeWalk(repository)) {
            walk.addTree(parsed(commit).getTree());
            walk.setRecursive(true);
            walk.setFilter(PathFilter.create(directory));
            while (walk.next()) {
                paths.add(walk.getPathString());
            }
            return paths;
        } catch (IOException e) {
            throw failed(directory + " cannot be read", e);
        }
    }

    /** Makes {@link #files()} those of a commit. Its links are links there, too, but lead nowhere. */
    public void checkOut(String commit) {
        try (var walk = new RevWalk(repository)) {
            for (var link : links) {
                Files.deleteIfExists(link); // nothing may be written through one
            }
            links.clear();
            var wanted = walk.parseCommit(ObjectId.fromString(commit));
            CopyRules.checkOut(repository, walk, wanted, NullProgressMonitor.INSTANCE);
            link();
        } catch (IOException e) {
            throw failed("the files cannot be written", e);
        }
    }

    /** Files with where they point to are what nobody sees in a checkout, and would be reviewed. */
    private void link() throws IOException {
        var index = repository.readDirCache();
        for (int i = 0; i < index.getEntryCount(); i++) {
            var entry = index.getEntry(i);
            if (FileMode.SYMLINK.equals(entry.getRawMode())) {
                var link = files().resolve(entry.getPathString());
                Files.deleteIfExists(link);
                Files.createDirectories(Objects.requireNonNull(link.getParent())); // which goes with its last file
                links.add(Files.createSymbolicLink(link, NOWHERE));
            }
        }
    }

    @Override
    public void close() {
        git.close();
    }
}
