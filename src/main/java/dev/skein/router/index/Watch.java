package dev.skein.router.index;

import dev.skein.router.index.feed.RootScan;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from the system which files change, so that they need not wait for the next look. A hint and nothing more: what
 * it does not hear of, or there is no room to watch, the next look sees. Thread-safe; has a thread of its own.
 */
final class Watch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final int DIRECTORIES_MAX = 8_192;
    private static final int PATHS_MAX = 200; // at once; with more a look is cheaper

    private final Consumer<Keeper> hurry;
    private final @Nullable WatchService service;
    private final Map<WatchKey, Watched> keys = new HashMap<>(); // guarded by this, as is the rest
    private final Set<Watched> known = new HashSet<>();
    private boolean isFull;

    /** One directory, relative to the root. */
    private record Watched(Keeper keeper, String directory) {
        private String path(Object name) {
            return directory.isEmpty() ? name.toString() : directory + "/" + name;
        }
    }

    /** What was heard of one workspace. */
    private static final class Heard {
        private final Set<String> paths = new TreeSet<>();
        private final Set<String> directories = new TreeSet<>(); // that may be new
        private boolean needsLook;
    }

    /** @param hurry told which workspace should be looked at soon */
    Watch(Consumer<Keeper> hurry) {
        this.hurry = hurry;
        this.service = open();
        var thread = new Thread(this::listen, "skein-index-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static @Nullable WatchService open() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            log.warn("directories are not watched, only looked at: {}", e.toString());
            return null;
        }
    }

    /** Watches these directories of a workspace too, as far as there is room. */
    synchronized void follow(Keeper keeper, Set<String> directories) {
        for (var directory : directories) {
            var watched = new Watched(keeper, directory);
            if (service != null && !isFull && !known.contains(watched)) {
                register(service, watched);
            }
        }
    }

    private void register(WatchService with, Watched watched) {
        if (known.size() >= DIRECTORIES_MAX) {
            isFull = true;
            log.info("more than {} directories: the others are looked at and not watched", DIRECTORIES_MAX);
            return;
        }
        try {
            var key = watched.keeper
                    .root()
                    .resolve(watched.directory)
                    .register(
                            with,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
            keys.put(key, watched);
            known.add(watched);
        } catch (IOException e) {
            isFull = Files.isDirectory(watched.keeper.root().resolve(watched.directory)); // else it is gone
            log.info("a directory is looked at and not watched: {}", e.toString());
        } catch (ClosedWatchServiceException stopped) {
            isFull = true;
        }
    }

    /** Watches nothing of a workspace any more. */
    synchronized void forget(Keeper keeper) {
        keys.entrySet().removeIf(each -> {
            boolean isGone = each.getValue().keeper == keeper;
            if (isGone) {
                each.getKey().cancel();
                known.remove(each.getValue());
            }
            return isGone;
        });
        isFull = false;
    }

    private void listen() {
        var with = service;
        try {
            while (with != null) {
                Map<Keeper, Heard> heard = new HashMap<>();
                for (var key = with.take(); key != null; key = with.poll()) {
                    take(key, heard);
                }
                heard.forEach(this::tell);
            }
        } catch (InterruptedException | ClosedWatchServiceException stopped) {
            log.debug("directories are watched no more");
        }
    }

    private synchronized void take(WatchKey key, Map<Keeper, Heard> all) {
        var watched = keys.get(key);
        if (watched == null) {
            key.cancel();
            return;
        }
        var heard = all.computeIfAbsent(watched.keeper, keeper -> new Heard());
        key.pollEvents().forEach(event -> take(event, watched, heard));
        if (!key.reset()) {
            keys.remove(key);
            known.remove(watched);
            heard.needsLook = true; // the directory is gone
        }
    }

    private static void take(WatchEvent<?> event, Watched watched, Heard heard) {
        if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
            heard.needsLook = true;
            return;
        }
        var path = watched.path(String.valueOf(event.context()));
        if (path.endsWith(".java")) {
            heard.paths.add(path);
        } else if (isDirectory(watched.keeper.root(), path)) {
            heard.directories.add(path);
        }
    }

    private static boolean isDirectory(Path root, String path) {
        try {
            return Files.isDirectory(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException otherEncoding) {
            return false;
        }
    }

    private void tell(Keeper keeper, Heard heard) {
        try {
            for (var directory : heard.directories) {
                follow(
                        keeper,
                        RootScan.directories(keeper.root(), directory)); // before the look, so that none is missed
            }
            if (heard.needsLook || !heard.directories.isEmpty() || heard.paths.size() > PATHS_MAX) {
                hurry.accept(keeper);
            } else {
                keeper.bring(keeper.glance(keeper.mine(heard.paths)));
            }
        } catch (IOException | RuntimeException bug) {
            log.warn("what was heard of a directory is left to the next look", bug);
        }
    }

    @Override
    public void close() {
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            log.debug("watching did not end well: {}", e.toString());
        }
    }
}
