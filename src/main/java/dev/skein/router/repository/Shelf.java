package dev.skein.router.repository;

import dev.skein.git.Clones;
import dev.skein.git.Source;
import dev.skein.index.workspace.Repositories.Fault;
import dev.skein.index.workspace.Repositories.State;
import dev.skein.index.workspace.Workspaces.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies of this node: those that workspaces have, those that are being made, and those that failed lately. What
 * is none of these is deleted. Confined to the verticle's event loop.
 */
final class Shelf {
    private static final Logger log = LoggerFactory.getLogger(Shelf.class);
    private static final int FAILED_MAX = 100;
    private static final long FAILED_MILLIS = 3_600_000; // for which it is said that one failed
    private static final long SETTLED_MILLIS = 10_000; // after which what an earlier life asked for is known
    private static final long AGAIN_MILLIS = 30_000; // between two attempts at deleting something
    private static final String LOCK = ".git/index.lock"; // left by one who was killed while files were written

    private final Bench bench;
    private final Clones clones;
    private final Folder folder;
    private final String here;
    private final Consumer<Copying> resume;
    private final Map<Path, Copying> all = new LinkedHashMap<>();
    private Map<Path, View> used = Map.of(); // workspaces by their roots in the folder
    private long knownMillis = -1; // since when it is known what is used
    private final Set<Path> undeleted = new HashSet<>(); // directories that could not be deleted
    private long againMillis; // when that is tried again
    private boolean isTidying; // or done with it

    /** What lies in a directory. */
    private record Lying(Path directory, Optional<Source> source, Optional<Clones.Head> head, boolean isLocked) {}

    /**
     * @param here id of the node
     * @param resume told of a copy whose files were being written when an earlier life ended
     */
    Shelf(Bench bench, Clones clones, Folder folder, String here, Consumer<Copying> resume) {
        this.bench = bench;
        this.clones = clones;
        this.folder = folder;
        this.here = here;
        this.resume = resume;
    }

    /** A copy that is to be made. */
    Copying begin(String name, Source source) {
        var copying = new Copying(name, folder.fresh(name), source, State.WAITING);
        all.put(copying.directory, copying);
        return copying;
    }

    List<Copying> all() {
        return List.copyOf(all.values());
    }

    /** The copy that is the root of a workspace, if that is here. */
    Optional<Copying> of(View view) {
        return Optional.ofNullable(all.get(Path.of(view.root())));
    }

    /** Those for a workspace of this name that never became one. */
    List<Copying> pending(String name) {
        return all.values().stream()
                .filter(copying -> copying.name.equals(name) && !copying.isSeen && copying.state() != State.READY)
                .toList();
    }

    long busy() {
        return all.values().stream().filter(Copying::isBusy).count();
    }

    /** Which workspaces there are. */
    void follow(List<View> views) {
        var now = new HashMap<Path, View>();
        for (var view : views) {
            var root = Path.of(view.root());
            if (folder.isCopy(root)) { // whatever the node was called when it was made: no two have one name
                now.put(root, view);
            }
        }
        used = now;
        knownMillis = knownMillis < 0 ? bench.millis() : knownMillis;
        now.keySet().forEach(this::use);
        look();
    }

    private void use(Path root) {
        var known = all.get(root);
        if (known == null) {
            bench.look(() -> lying(root)).onSuccess(this::found);
            return;
        }
        known.isSeen = true;
        if (known.state() == State.FAILED && !known.isCleared) { // the answer was lost that said so
            known.fault = null;
            known.goesOn();
            known.is(State.READY);
        }
    }

    private Lying lying(Path directory) {
        return new Lying(
                directory, clones.source(directory), clones.head(directory), Files.exists(directory.resolve(LOCK)));
    }

    private void found(Lying lying) {
        var view = used.get(lying.directory);
        if (view == null || all.containsKey(lying.directory)) {
            return; // removed meanwhile, or found twice
        }
        if (lying.head.isEmpty() && !view.router().equals(here)) {
            return; // it lies on another machine, whose node has its data at the same path
        }
        var source = lying.source.orElse(new Source("", ""));
        var copying = new Copying(view.name(), lying.directory, source, State.READY);
        copying.isSeen = true;
        copying.commit = lying.head.map(Clones.Head::commit).orElse(null);
        if (lying.head.isEmpty()) {
            copying.fault =
                    new Fault("git_damaged", "the copy is damaged or gone; remove the workspace and add it again");
        }
        all.put(lying.directory, copying);
        if (lying.isLocked && lying.head.isPresent()) {
            resume.accept(copying);
        }
    }

    /** Deletes what nobody needs any more. To be called each second. */
    void look() {
        long now = bench.millis();
        used.keySet().stream().filter(all::containsKey).forEach(this::use);
        all().stream()
                .filter(copying -> isRemoved(copying) || isOver(copying, now))
                .forEach(this::trash);
        all().stream()
                .filter(copying -> copying.state() == State.FAILED && !copying.isCleared)
                .filter(copying -> now >= copying.keepMillis && !used.containsKey(copying.directory))
                .forEach(this::clear);
        var failed = all().stream()
                .filter(copying -> copying.state() == State.FAILED)
                .toList();
        failed.stream().limit(Math.max(0, failed.size() - FAILED_MAX)).forEach(this::trash);
        tidy(now);
        retry(now);
    }

    private void tidy(long now) {
        if (isTidying || knownMillis < 0 || now - knownMillis < SETTLED_MILLIS) {
            return;
        }
        isTidying = true;
        bench.look(this::lying).onSuccess(this::tidy).onFailure(cause -> {
            isTidying = false;
            knownMillis = now; // so that it is tried again after a while
            log.warn("copies cannot be tidied now: {}", cause.toString());
        });
    }

    private void retry(long now) {
        if (undeleted.isEmpty() || now < againMillis) {
            return;
        }
        var again = List.copyOf(undeleted);
        undeleted.clear();
        again.stream().filter(directory -> !used.containsKey(directory)).forEach(this::delete);
    }

    private boolean isRemoved(Copying copying) {
        return copying.isSeen && !used.containsKey(copying.directory);
    }

    private static boolean isOver(Copying copying, long now) {
        return copying.state() == State.FAILED && now - copying.keepMillis > FAILED_MILLIS;
    }

    private List<Lying> lying() throws IOException {
        var found = new ArrayList<Lying>();
        for (var directory : folder.all()) {
            found.add(lying(directory));
        }
        return found;
    }

    /** What an earlier life left. */
    private void tidy(List<Lying> found) {
        for (var lying : found) {
            if (all.containsKey(lying.directory) || used.containsKey(lying.directory)) {
                continue;
            }
            var source = lying.source.orElse(new Source("", ""));
            var left = new Copying(Folder.nameOf(lying.directory), lying.directory, source, State.FAILED);
            left.keepMillis = bench.millis();
            left.fault = new Fault("git_interrupted", "the node ended while the repository was copied; add it again");
            if (lying.head.isEmpty()) {
                all.put(lying.directory, left); // so that whoever asked hears of it
            }
            clear(left);
        }
    }

    /** Forgets one at once, and deletes it when nobody works on it any more. */
    void trash(Copying copying) {
        all.remove(copying.directory);
        copying.callOff();
        if (!copying.isCleared) {
            clear(copying);
        }
    }

    /** Keeps what has become the root of a workspace in the last moment, or may yet. */
    private void clear(Copying copying) {
        copying.isCleared = true;
        copying.work.onComplete(done -> {
            boolean isUsed = used.containsKey(copying.directory);
            if (!isUsed && bench.millis() >= copying.keepMillis) {
                delete(copying.directory);
                return;
            }
            copying.isCleared = false;
            all.putIfAbsent(copying.directory, copying);
            if (isUsed) {
                use(copying.directory);
            }
        });
    }

    private void delete(Path directory) {
        bench.look(() -> folder.delete(directory)).onFailure(cause -> {
            undeleted.add(directory);
            againMillis = bench.millis() + AGAIN_MILLIS;
            log.warn("a copy that nobody needs cannot be deleted now: {}", cause.toString());
        });
    }
}
