package dev.skein.worker.index;

import dev.skein.index.code.ShardCode;
import dev.skein.index.feed.Feeds;
import dev.skein.index.feed.Feeds.Begin;
import dev.skein.index.feed.Feeds.Edit;
import dev.skein.index.feed.Feeds.End;
import dev.skein.index.feed.Feeds.Ended;
import dev.skein.index.feed.Feeds.Fault;
import dev.skein.index.feed.Feeds.Frame;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.feed.Feeds.Lacking;
import dev.skein.index.feed.Feeds.Page;
import dev.skein.index.feed.Feeds.Part;
import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.search.ShardSymbols;
import dev.skein.index.shard.ShardLayout;
import dev.skein.index.source.ContentHash;
import dev.skein.index.source.SourceText;
import dev.skein.index.symbol.SymbolTable;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shard as this worker has it. What changes it is called by one thread at a time and may block; questions come from
 * any thread at any time.
 */
final class Replica {
    private static final Logger log = LoggerFactory.getLogger(Replica.class);
    private static final long SAVE_MILLIS = 30_000; // at most this often
    private static final long READ_MAX = 32 << 20; // bytes for one page, which has a deadline

    private final String root;
    private final Holdings holdings;
    private final LocalFiles local;
    private final ShardSymbols symbols;
    private final ShardCode code;
    private final Map<String, Item> items; // what symbols holds, used in turn as all that follows
    private final Map<String, String> binaries = new TreeMap<>(); // codes of files without symbols, or without all
    private final Map<String, Long> revisions = new HashMap<>(); // of what came, while something older may come
    private final Assembly assembly = new Assembly(); // of rounds
    private final Assembly editing = new Assembly();
    private Set<String> named = new HashSet<>(); // by pages since the feed began
    private int textsLost; // that could not be kept since the last round
    private String textLost = ""; // and why the last of them
    private boolean isRefed; // once is enough, since a disk may be full
    private boolean unsaved;
    private long savedMillis;
    private volatile long received; // contents
    private volatile long sparedMillis;
    private volatile List<Fault> faults = List.of();
    private volatile Standing standing = Standing.NONE;

    /**
     * One with what is held of it, or will be once that was loaded.
     *
     * @param root of the shard in its workspace
     */
    Replica(String root, Holdings holdings) {
        this.root = root;
        this.holdings = holdings;
        this.local = LocalFiles.around(holdings.key().root(), root);
        this.symbols = holdings.symbols();
        this.code = holdings.code();
        this.items = holdings.items();
    }

    String root() {
        return root;
    }

    Holdings holdings() {
        return holdings;
    }

    /** How many contents came since this worker has the shard. */
    long received() {
        return received;
    }

    /** When the root was looked at whose files the spare has, in milliseconds since 1970; 0 while it has none. */
    long sparedMillis() {
        return sparedMillis;
    }

    void spared(long heldMillis) {
        sparedMillis = heldMillis;
    }

    ShardCode code() {
        return code;
    }

    ShardSymbols symbols() {
        return symbols;
    }

    Standing standing() {
        return standing;
    }

    List<Fault> faults() {
        return faults;
    }

    /** Answers with what was loaded, if there was anything. */
    void loaded() {
        if (holdings.writtenMillis() > 0) {
            standing = standing.cached(holdings.writtenMillis());
            items.values().forEach(this::recall);
        }
    }

    /** Why a file has no symbols, or not all, which is not kept. */
    private void recall(Item item) {
        note(item.path(), symbols.fault(item.path()));
        boolean isBare =
                symbols.table(item.path()).filter(table -> table.size() == 0).isPresent();
        if (isBare && item.bytes() > 0) {
            code.content(item.content())
                    .ifPresent(
                            content -> note(item.path(), SourceText.of(content).fault()));
        }
    }

    private void note(String path, SourceText.Fault fault) {
        if (fault == SourceText.Fault.NONE) {
            binaries.remove(path);
        } else {
            binaries.put(path, fault.name().toLowerCase(Locale.ROOT));
        }
    }

    void assigned(long epoch) {
        standing = standing.assigned(epoch);
    }

    /** Whether this has everything that the router has, so that no page need follow. */
    boolean begin(Begin ask) {
        standing = standing.fed(ask.shard(), ask.router(), ask.routerEpoch());
        var digest = ask.digest();
        boolean isSame = digest != null && holdings.is(digest);
        named = isSame ? new HashSet<>(items.keySet()) : new HashSet<>();
        assembly.clear();
        return isSame;
    }

    /** Files that go and come with the same content were moved, in one step. */
    Lacking page(Page page) {
        standing.require(page.shard(), page.router());
        page.items().forEach(item -> requireInside(item.path()));
        var removed = page.removed().stream()
                .filter(path -> !isBehind(path, page.revision()))
                .toList();
        var moved = new HashMap<ContentHash, String>();
        for (var path : removed) {
            symbols.content(path).ifPresent(content -> moved.put(content, path));
        }
        var lacking = new ArrayList<String>();
        for (var item : page.items()) {
            if (!isBehind(item.path(), page.revision()) && !has(item, moved)) {
                lacking.add(item.path());
                revisions.put(item.path(), page.revision());
            }
        }
        removed.forEach(this::remove);
        removed.forEach(path -> revisions.put(path, page.revision()));
        return new Lacking(lacking);
    }

    /** Takes of a page what lies on this machine too, up to a bound, and tells what still lacks. */
    Lacking read(Page page, Lacking lacking, JavaExtractor extractor) {
        var wanted = new HashSet<>(lacking.paths());
        long left = READ_MAX;
        for (var item : page.items()) {
            var content = left > 0 && wanted.contains(item.path()) ? local.read(item) : null;
            if (content != null) {
                take(item, content, extractor);
                wanted.remove(item.path());
                left -= content.length;
            }
        }
        return new Lacking(lacking.paths().stream().filter(wanted::contains).toList());
    }

    /** Fails unless a path is below the shard's root in its shortest form. */
    private void requireInside(String path) {
        boolean isInside = ShardLayout.isInside(path) && (root.isEmpty() || path.startsWith(root + "/"));
        if (!isInside) {
            throw new Problem(
                    Kind.INVALID, "path_outside_shard", "a path lies outside the root of its shard", List.of());
        }
    }

    private boolean isBehind(String path, long revision) {
        return revision < revisions.getOrDefault(path, 0L);
    }

    private boolean has(Item item, Map<ContentHash, String> moved) {
        named.add(item.path());
        boolean holds = symbols.content(item.path()).equals(Optional.of(item.content()));
        if (!holds && !moved.isEmpty()) {
            var from = moved.remove(item.content());
            holds = from != null && symbols.rename(from, item.path());
            unsaved |= holds;
            if (holds && from != null) {
                code.rename(from, item.path());
                recall(item);
            }
        }
        holds &= code.hasText(item.content());
        if (holds) {
            items.put(item.path(), item);
        }
        return holds;
    }

    private void remove(String path) {
        unsaved |= symbols.remove(path);
        code.remove(path);
        items.remove(path);
        binaries.remove(path);
        named.remove(path);
    }

    /** Finds the symbols of what came; a file that is no text has none and is named among the faults. */
    int frame(Frame frame, JavaExtractor extractor) {
        standing.require(frame.shard(), frame.router());
        frame.parts().forEach(part -> requireInside(part.item().path()));
        int files = 0;
        for (var part : frame.parts()) {
            var content = assembly.add(part);
            if (content != null && !isBehind(part.item().path(), frame.revision())) {
                take(part.item(), content, extractor);
                files++;
            }
        }
        return files;
    }

    /** One file beside all rounds; false when it is behind what is known, or more of it has to come. */
    boolean edit(Edit edit, JavaExtractor extractor) {
        standing.require(edit.shard(), edit.router());
        requireInside(edit.path());
        var part = edit.part();
        if (part != null) {
            return edit(part, edit.revision(), extractor);
        }
        boolean isNewer = !isBehind(edit.path(), edit.revision());
        if (isNewer) {
            revisions.put(edit.path(), edit.revision());
            remove(edit.path());
        }
        return isNewer;
    }

    private boolean edit(Part part, long revision, JavaExtractor extractor) {
        var item = part.item();
        requireInside(item.path());
        var content = editing.add(part);
        if (content == null || isBehind(item.path(), revision)) {
            return false;
        }
        revisions.put(item.path(), revision);
        if (!has(item, Map.of())) {
            take(item, content, extractor);
        }
        return true;
    }

    private void take(Item item, byte[] content, JavaExtractor extractor) {
        received = received + 1; // written by one thread
        var extracted = extractor.extract(content);
        note(item.path(), extracted.fault());
        symbols.replace(item.path(), item.content(), extracted.table());
        keep(item, content, extracted.table());
        items.put(item.path(), item);
        named.add(item.path());
        unsaved = true;
    }

    /** A text that cannot be kept costs answers about code in this file, and nothing else. */
    private void keep(Item item, byte[] content, SymbolTable table) {
        try {
            code.take(item.path(), item.content(), content, table);
        } catch (IOException e) {
            textsLost++;
            textLost = e.toString();
        }
    }

    Ended end(End end, Instant now) {
        standing.require(end.shard(), end.router());
        if (textsLost > 0) {
            log.warn("the texts of {} files are not kept on disk: {}", textsLost, textLost);
            textsLost = 0;
        }
        if (end.whole()) {
            List.copyOf(items.keySet()).stream()
                    .filter(path -> !named.contains(path))
                    .forEach(this::remove);
        }
        named = new HashSet<>(); // only of use within one whole round
        faults = faults(end.faults());
        revisions.values().removeIf(revision -> revision <= end.revision());
        standing = standing.compared(end, now);
        var size = symbols.size();
        return new Ended(size.files(), size.symbols());
    }

    private List<Fault> faults(List<Fault> routers) {
        var all = new ArrayList<>(routers);
        binaries.forEach((path, code) -> all.add(new Fault(path, code)));
        return List.copyOf(all.subList(0, Math.min(all.size(), Feeds.FAULTS_MAX)));
    }

    /** Has the router send texts again that were found to be damaged, though it was told that they are here. */
    void requireTexts() {
        if (!isRefed && standing.verified() && !holdings.hasTexts()) {
            log.warn("texts of a shard are damaged or gone and are fetched again");
            isRefed = true;
            standing = standing.unfed();
        }
    }

    /** Saves unless that was done a short while ago. */
    void saveWhenDue() {
        if (standing.comparedMillis() - savedMillis > SAVE_MILLIS) {
            save();
        }
    }

    /** Leaves nothing on disk. */
    void forget() {
        holdings.forget();
    }

    /** Keeps what was verified; what fails costs the next start its haste and nothing else. */
    void save() {
        var known = standing;
        if (!unsaved || !known.verified()) {
            return;
        }
        try {
            holdings.save(known.comparedMillis());
            unsaved = false;
        } catch (IOException e) {
            log.warn("a shard is not kept on disk: {}", e.toString());
        }
        savedMillis = known.comparedMillis();
    }
}
