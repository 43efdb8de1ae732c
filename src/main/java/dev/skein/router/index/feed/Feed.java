package dev.skein.router.index.feed;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.index.feed.Feeds;
import dev.skein.index.feed.Feeds.Begin;
import dev.skein.index.feed.Feeds.End;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.feed.Feeds.Lacking;
import dev.skein.index.feed.Feeds.Page;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.overlay.Revisions;
import dev.skein.kernel.Problem;
import dev.skein.router.index.feed.ShardFiles.Changes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the owner of one shard equal to the manifest: everything when the owner is new or anything went wrong, else
 * what has changed. One round runs at a time; changes that come meanwhile gather, so that of many changes of one file
 * only the last is sent. Edits pass it by and are only noted here. Thread-safe.
 */
public final class Feed {
    private static final Logger log = LoggerFactory.getLogger(Feed.class);
    private static final long REST_MILLIS = 50;
    private static final long REST_MILLIS_MAX = 5_000;

    /** Who has the shard. */
    public record Owner(NodeAddress node, Ref shard) {}

    /**
     * Which changes of open documents the owner has.
     *
     * @param revision up to which it has all
     * @param current whether it has all there are, and everything else by the word of this life of the router
     */
    public record Reached(long revision, boolean current) {}

    /** Changes of one document that the owner may not have: revisions of the first and of the last. */
    private record Unseen(long first, long last) {}

    /**
     * What one round has to do.
     *
     * @param revision from before any of it was looked up
     * @param upTo which changes of open documents the owner has after it
     */
    private record Work(
            Owner owner, boolean whole, NavigableSet<String> dirty, long comparedMillis, long revision, long upTo) {}

    private final Bus bus;
    private final String directory;
    private final ShardFiles files;
    private final Executor threads;
    private final Revisions revisions;
    private final Map<String, Unseen> unseen = new HashMap<>(); // by path; guarded by this, as is the rest
    private @Nullable Owner owner;
    private boolean needsWhole = true;
    private boolean begun; // whether the owner takes edits
    private boolean told; // whether the owner had a whole round since then
    private @Nullable Work running; // any other that has not ended is for an owner of before
    private boolean failing;
    private boolean resting; // after a failure
    private long restMillis = REST_MILLIS; // next time
    private int creditBytes;
    private long comparedMillis; // 0 until the manifest was compared for the first time
    private long toldMillis;
    private NavigableSet<String> dirty = new TreeSet<>();

    /** @param directory canonical path of the shard's root */
    public Feed(Bus bus, String directory, ShardFiles files, Executor threads, Revisions revisions) {
        this.bus = bus;
        this.directory = directory;
        this.files = files;
        this.threads = threads;
        this.revisions = revisions;
    }

    /** The shard is with somebody else, or with nobody. */
    public synchronized void assign(@Nullable Owner next) {
        if (next == null ? owner != null : !next.equals(owner)) {
            owner = next;
            needsWhole = true;
            begun = false;
            told = false;
            toldMillis = 0;
            failing = false;
            resting = false;
            restMillis = REST_MILLIS;
            running = null; // whoever waits for the owner of before holds nothing up
            kick();
        }
    }

    /** The manifest was compared with the disk, as it was at that time. */
    public synchronized void compared(Changes changes, long atMillis) {
        dirty.addAll(changes.paths());
        comparedMillis = atMillis;
        kick();
    }

    /** A document changes, under the revision that is returned, and somebody is about to send it. */
    public synchronized long expect(String path) {
        long revision = revisions.next();
        unseen.merge(path, new Unseen(revision, revision), (known, next) -> new Unseen(known.first, revision));
        return revision;
    }

    /** Who takes an edit now; null when a round has to bring it. */
    synchronized @Nullable Owner ready() {
        return begun ? owner : null;
    }

    /** The owner has a file as it was under a revision. */
    synchronized void reached(String path, long revision) {
        unseen.computeIfPresent(path, (key, known) -> known.last <= revision ? null : known);
    }

    /** A round has to bring these files. */
    public synchronized void leave(Collection<String> paths) {
        dirty.addAll(paths);
        kick();
    }

    /** An edit did not arrive where it was sent to. */
    synchronized void stumbled(Owner to, String path) {
        dirty.add(path);
        if (to.equals(owner)) {
            needsWhole = true;
            begun = false;
            told = false;
        }
        kick();
    }

    /** How far the owner is. */
    public synchronized Reached reached() {
        long lowest = unseen.values().stream().mapToLong(Unseen::first).min().orElse(0);
        return lowest == 0 ? new Reached(revisions.current(), told) : new Reached(lowest - 1, false);
    }

    /** Whether the owner has the last change of a document. */
    public synchronized boolean has(String path) {
        return begun && !unseen.containsKey(path);
    }

    /** A shard is not fed before its directory was looked at, and after a failure not before a rest. */
    private synchronized void kick() {
        boolean isDue = !resting && (comparedMillis > toldMillis || !dirty.isEmpty() || needsWhole);
        var to = owner;
        if (running == null && to != null && comparedMillis > 0 && isDue) {
            var work = take(to);
            running = work;
            threads.execute(() -> round(work));
        }
    }

    private void round(Work work) {
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

    private Work take(Owner to) {
        long revision = revisions.current();
        long lowest = unseen.entrySet().stream()
                .filter(each -> !needsWhole && !dirty.contains(each.getKey()))
                .mapToLong(each -> each.getValue().first)
                .min()
                .orElse(revision + 1);
        var work = new Work(to, needsWhole, dirty, comparedMillis, revision, Math.min(revision, lowest - 1));
        dirty = new TreeSet<>();
        needsWhole = false;
        return work;
    }

    private synchronized void begun(Owner to, int credit) {
        if (to.equals(owner)) {
            begun = !needsWhole;
            told = false;
            creditBytes = credit;
        }
    }

    private synchronized void done(Work work) {
        if (!work.equals(running)) {
            return;
        }
        if (failing) {
            log.info("a shard is fed again");
        }
        failing = false;
        restMillis = REST_MILLIS;
        running = null;
        toldMillis = needsWhole ? 0 : work.comparedMillis;
        if (!needsWhole) {
            told |= work.whole;
            unseen.entrySet()
                    .removeIf(each -> each.getValue().last <= work.revision
                            && (work.whole || work.dirty.contains(each.getKey())));
        }
        kick(); // what came meanwhile
    }

    /** Tried again after a rest, which is longer after each failure. */
    private synchronized void failed(Work work, String code) {
        if (!work.equals(running)) {
            return;
        }
        if (!failing) {
            log.warn("a shard on {} is not fed: {}", work.owner.node(), code);
        }
        failing = true;
        running = null;
        needsWhole = true;
        begun = false;
        told = false;
        toldMillis = comparedMillis;
        resting = true;
        CompletableFuture.delayedExecutor(restMillis, TimeUnit.MILLISECONDS, threads)
                .execute(this::rested);
        restMillis = Math.min(2 * restMillis, REST_MILLIS_MAX);
    }

    private synchronized void rested() {
        resting = false;
        kick();
    }

    /**
     * Unless the owner has exactly what there is, names every file, page by page, and sends what lacks; whatever was
     * not named goes at the end.
     */
    private void whole(Work work) {
        var to = work.owner;
        var begin = new Begin(to.shard(), life(), revisions.epoch(), directory, files.digest());
        var owners = Courier.ask(bus, to.node(), Feeds.BEGIN, begin);
        begun(to, owners.creditBytes());
        var courier = new Courier(bus, to.node(), to.shard(), owners.creditBytes());
        if (!owners.same()) {
            pages(to, courier);
        }
        end(work, courier);
    }

    private void pages(Owner to, Courier courier) {
        long revision = revisions.current();
        var page = files.after("");
        while (!page.isEmpty()) {
            send(courier, page(to, revision, page, List.of()));
            revision = revisions.current();
            page = files.after(page.get(page.size() - 1).path());
        }
    }

    /** Files that come and go in one page go together. */
    private void some(Work work) {
        var courier = new Courier(bus, work.owner.node(), work.owner.shard(), creditBytes);
        long revision = revisions.current();
        var gone = new ArrayList<String>();
        var items = new ArrayList<Item>();
        for (var path : work.dirty) {
            var item = files.item(path);
            if (item == null) {
                gone.add(path);
            } else {
                items.add(item);
            }
        }
        int pages = Math.max(pages(gone.size()), pages(items.size()));
        for (int i = 0; i < pages; i++) {
            send(courier, page(work.owner, revision, part(items, i), part(gone, i)));
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

    private Lacking page(Owner to, long revision, List<Item> items, List<String> gone) {
        return Courier.ask(bus, to.node(), Feeds.PAGE, new Page(to.shard(), life(), revision, items, gone));
    }

    /**
     * A file that changed since it was compared is sent as it is now; the next comparison sees it too. Of one that
     * cannot be read any more the next round says that it is gone.
     */
    private void send(Courier courier, Lacking lacking) {
        for (var path : lacking.paths()) {
            long revision = revisions.current();
            var known = files.effective(path);
            if (known == null) {
                leave(List.of(path));
            } else {
                courier.send(known.item(), known.content(), revision);
            }
        }
    }

    private void end(Work work, Courier courier) {
        courier.finish();
        var to = work.owner;
        var end = new End(to.shard(), life(), work.whole, files.faults(), work.comparedMillis, work.upTo);
        Courier.ask(bus, to.node(), Feeds.END, end);
    }

    private String life() {
        return bus.here().toString();
    }
}
