package dev.skein.router.index;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.index.feed.Feeds;
import dev.skein.index.feed.Feeds.Begin;
import dev.skein.index.feed.Feeds.End;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.feed.Feeds.Lacking;
import dev.skein.index.feed.Feeds.Page;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.source.ContentHash;
import dev.skein.kernel.Problem;
import dev.skein.router.index.ShardFiles.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the owner of one shard equal to the manifest: everything when the owner is new or anything went wrong, else
 * what has changed. One round runs at a time; changes that come meanwhile gather, so that of many changes of one file
 * only the last is sent. Thread-safe.
 */
final class Feed {
    private static final Logger log = LoggerFactory.getLogger(Feed.class);

    /** Who has the shard. */
    record Owner(NodeAddress node, Ref shard) {}

    /** What one round has to do. */
    private record Work(Owner owner, boolean whole, Set<String> changed, Set<String> removed, long comparedMillis) {}

    private final Bus bus;
    private final String directory;
    private final ShardFiles files;
    private final Executor threads;
    private @Nullable Owner owner; // guarded by this, as is the rest
    private boolean needsWhole = true;
    private boolean running;
    private boolean failing;
    private int creditBytes;
    private long comparedMillis; // 0 until the manifest was compared for the first time
    private long toldMillis;
    private NavigableSet<String> changed = new TreeSet<>();
    private NavigableSet<String> removed = new TreeSet<>();

    /** @param directory canonical path of the shard's root */
    Feed(Bus bus, String directory, ShardFiles files, Executor threads) {
        this.bus = bus;
        this.directory = directory;
        this.files = files;
        this.threads = threads;
    }

    /** The shard is with somebody else, or with nobody. */
    synchronized void assign(@Nullable Owner next) {
        if (next == null ? owner != null : !next.equals(owner)) {
            owner = next;
            needsWhole = true;
            toldMillis = 0;
            kick();
        }
    }

    /** The manifest was compared with the disk, as it was at that time. */
    synchronized void compared(Changes changes, long atMillis) {
        changes.changed().forEach(path -> {
            changed.add(path);
            removed.remove(path);
        });
        changes.removed().forEach(path -> {
            removed.add(path);
            changed.remove(path);
        });
        comparedMillis = atMillis;
        kick();
    }

    private synchronized void kick() {
        if (!running && owner != null && comparedMillis > toldMillis) {
            running = true;
            threads.execute(this::round);
        }
    }

    private void round() {
        var work = take();
        if (work == null) {
            return;
        }
        try {
            if (work.whole) {
                whole(work);
            } else {
                some(work);
            }
            done(work);
        } catch (Problem refused) {
            failed(work, refused.code());
        } catch (RuntimeException bug) {
            log.error("a round of a feed stumbled", bug);
            failed(work, "internal");
        }
    }

    private synchronized @Nullable Work take() {
        var to = owner;
        if (to == null) {
            running = false;
            return null;
        }
        var work = new Work(to, needsWhole, changed, removed, comparedMillis);
        changed = new TreeSet<>();
        removed = new TreeSet<>();
        needsWhole = false;
        return work;
    }

    private synchronized void done(Work work) {
        if (failing) {
            log.info("a shard is fed again");
        }
        failing = false;
        running = false;
        toldMillis = needsWhole ? 0 : work.comparedMillis;
        kick(); // what came meanwhile
    }

    /** Tried again after the next comparison. */
    private synchronized void failed(Work work, String code) {
        if (!failing) {
            log.warn("a shard on {} is not fed: {}", work.owner.node(), code);
        }
        failing = true;
        running = false;
        needsWhole = true;
        toldMillis = comparedMillis;
    }

    /** Names every file, page by page, and sends what lacks; whatever was not named goes at the end. */
    private void whole(Work work) {
        var to = work.owner;
        var begun = Courier.ask(bus, to.node(), Feeds.BEGIN, new Begin(to.shard(), life(), directory));
        creditBytes = begun.creditBytes();
        var courier = new Courier(bus, to.node(), to.shard(), creditBytes);
        var page = files.after("");
        while (!page.isEmpty()) {
            send(courier, page(to, page, List.of()));
            page = files.after(page.get(page.size() - 1).path());
        }
        end(work, courier);
    }

    private void some(Work work) {
        var courier = new Courier(bus, work.owner.node(), work.owner.shard(), creditBytes);
        var gone = new ArrayList<>(work.removed);
        var items = new ArrayList<Item>();
        for (var path : work.changed) {
            var item = files.item(path);
            if (item != null) {
                items.add(item);
            }
        }
        int pages = Math.max(pages(gone.size()), pages(items.size()));
        for (int i = 0; i < pages; i++) {
            send(courier, page(work.owner, part(items, i), part(gone, i)));
        }
        end(work, courier);
    }

    private static int pages(int files) {
        return (files + Feeds.PAGE_FILES - 1) / Feeds.PAGE_FILES;
    }

    private static <T> List<T> part(List<T> all, int page) {
        int from = Math.min(all.size(), page * Feeds.PAGE_FILES);
        return all.subList(from, Math.min(all.size(), from + Feeds.PAGE_FILES));
    }

    private Lacking page(Owner to, List<Item> items, List<String> gone) {
        return Courier.ask(bus, to.node(), Feeds.PAGE, new Page(to.shard(), life(), items, gone));
    }

    /** A file that changed since it was compared is sent as it is now; the next comparison sees it too. */
    private void send(Courier courier, Lacking lacking) {
        for (var path : lacking.paths()) {
            var known = files.item(path);
            var content = known == null ? null : files.read(path);
            if (known != null && content != null) {
                courier.send(new Item(path, content.length, known.modifiedMillis(), ContentHash.of(content)), content);
            }
        }
    }

    private void end(Work work, Courier courier) {
        courier.finish();
        var to = work.owner;
        var end = new End(to.shard(), life(), work.whole, files.faults(), work.comparedMillis);
        Courier.ask(bus, to.node(), Feeds.END, end);
    }

    private String life() {
        return bus.here().toString();
    }
}
