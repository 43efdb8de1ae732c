package dev.skein.router.index;

import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.index.overlay.Copies;
import dev.skein.index.overlay.Documents;
import dev.skein.index.overlay.Documents.AskCopies;
import dev.skein.index.overlay.Documents.Copied;
import dev.skein.index.overlay.Documents.Copy;
import dev.skein.index.overlay.Documents.Taken;
import dev.skein.index.overlay.Overlay;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Copies this router's open documents to another router, one after the other and of each only the newest, and fetches
 * them from there in its next life. Confined to one event loop.
 */
final class Understudy {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Means means;
    private final Membership membership;
    private final Copies copies;
    private final Keepers keepers;
    private final Map<String, String> readers = new HashMap<>(); // nodes by workspace
    private final Set<NodeAddress> unfit = new HashSet<>(); // lives that took no copy when they were last asked
    private final Set<String> asked = new HashSet<>(); // workspaces by id, as are the next
    private final Set<String> restored = new HashSet<>(); // before that, nothing is copied over what is there
    private final Map<Named, Keeper> changed = new LinkedHashMap<>();
    private @Nullable NodeAddress second;
    private boolean copying;

    /** A document of a workspace. */
    private record Named(String workspace, String path) {}

    Understudy(Means means, Membership membership, Keepers keepers) {
        this.means = means;
        this.membership = membership;
        this.copies = new Copies(means.texts());
        this.keepers = keepers;
    }

    Future<?> serve() {
        var bus = means.bus();
        return Future.all(
                bus.serveAsker(true, Documents.COPY, (asker, copy) -> {
                            requireReader(asker, copy.workspace());
                            return blocking(() -> new Taken(copies.take(copy)));
                        })
                        .completion(),
                bus.serveAsker(true, Documents.COPIES, (asker, ask) -> {
                            requireReader(asker, ask.workspace());
                            return blocking(() -> copies.after(ask.workspace(), ask.after()));
                        })
                        .completion());
    }

    /** Unsaved texts are taken from and given to nobody but the router that reads the workspace. */
    private void requireReader(@Nullable NodeAddress asker, String workspace) {
        var reader = readers.get(workspace);
        if (asker != null && reader != null && !reader.equals(asker.node())) {
            var foreign =
                    new Problem(Kind.FORBIDDEN, "foreign_router", "another router reads that workspace", List.of());
            means.bus().accuse(asker, "documents", foreign);
            throw foreign;
        }
    }

    private <T> Future<T> blocking(Callable<T> work) {
        return means.vertx().executeBlocking(work, true);
    }

    /** Looks whom there is to copy to; with somebody new everything is copied. */
    void look() {
        var present = membership.present();
        unfit.retainAll(present);
        keepers.all().stream().filter(keeper -> asked.add(keeper.id())).forEach(keeper -> restore(keeper, present));
        if (second == null || !present.contains(second)) {
            choose(present);
        }
        if (second == null) {
            unfit.clear(); // a router that was starting, or had no time, takes copies later
        }
    }

    /** These workspaces there are, and no others. */
    void follow(List<View> all) {
        var ids = all.stream().map(View::id).collect(Collectors.toSet());
        readers.clear();
        all.forEach(view -> readers.put(view.id(), view.router()));
        asked.retainAll(ids);
        restored.retainAll(ids);
        changed.keySet().removeIf(named -> !ids.contains(named.workspace));
        blocking(() -> {
            copies.retain(ids);
            return true;
        });
        look();
    }

    private void choose(Set<NodeAddress> present) {
        second = present.stream()
                .filter(life -> !life.equals(means.bus().here()) && !unfit.contains(life))
                .min(Comparator.comparing(NodeAddress::toString))
                .orElse(null);
        keepers.all()
                .forEach(keeper -> keeper.overlay()
                        .after("", Overlay.DOCUMENTS_MAX, path -> true)
                        .keySet()
                        .forEach(path -> changed(keeper, path)));
    }

    /** A document was opened, changed or closed. */
    void changed(Keeper keeper, String path) {
        changed.put(new Named(keeper.id(), path), keeper);
        copyNext();
    }

    private void copyNext() {
        var to = second;
        var next = changed.entrySet().stream()
                .filter(each -> restored.contains(each.getKey().workspace))
                .findFirst()
                .orElse(null);
        if (copying || to == null || next == null) {
            return;
        }
        var named = next.getKey();
        var keeper = next.getValue();
        changed.remove(named);
        copying = true;
        blocking(() -> copy(keeper, named))
                .compose(copy -> means.bus().askAt(to, Documents.COPY, copy, DEADLINE))
                .onFailure(cause -> failed(to, keeper, named))
                .onComplete(done -> {
                    copying = false;
                    copyNext();
                });
    }

    private Copy copy(Keeper keeper, Named named) {
        long revision = means.revisions().current(); // from before it was looked up
        var opened = keeper.overlay().read(named.path);
        return opened == null
                ? new Copy(named.workspace, means.revisions().epoch(), named.path, "", 0, revision, null)
                : new Copy(
                        named.workspace,
                        means.revisions().epoch(),
                        named.path,
                        opened.draft().session(),
                        opened.draft().version(),
                        revision,
                        new String(opened.content(), StandardCharsets.UTF_8));
    }

    /** One that is no router, has no room or is away; the next is tried with the next look, and after all it again. */
    private void failed(NodeAddress to, Keeper keeper, Named named) {
        unfit.add(to);
        second = to.equals(second) ? null : second;
        changed.put(named, keeper);
    }

    /** Opens again what an earlier life had open, as far as others have it. */
    private void restore(Keeper keeper, Set<NodeAddress> present) {
        var fetched = present.stream()
                .filter(life -> !life.equals(means.bus().here()))
                .map(life -> fetch(keeper, life, "").otherwise(false)) // it may be no router
                .toList();
        (fetched.isEmpty() ? Future.succeededFuture() : Future.join(fetched)).onComplete(done -> {
            restored.add(keeper.id());
            copyNext();
        });
    }

    private Future<Boolean> fetch(Keeper keeper, NodeAddress from, String after) {
        return means.bus()
                .askAt(from, Documents.COPIES, new AskCopies(keeper.id(), after), DEADLINE)
                .compose(found -> blocking(() -> open(keeper, found)).compose(opened -> {
                    opened.forEach(path -> opened(keeper, path));
                    var page = found.documents();
                    return page.isEmpty()
                            ? Future.succeededFuture(true)
                            : fetch(keeper, from, page.get(page.size() - 1).path());
                }));
    }

    private void opened(Keeper keeper, String path) {
        keeper.push(path);
        changed(keeper, path);
    }

    private Set<String> open(Keeper keeper, Copied found) {
        return found.documents().stream()
                .filter(copy -> isOpened(keeper, copy))
                .map(Copy::path)
                .collect(Collectors.toSet());
    }

    private boolean isOpened(Keeper keeper, Copy copy) {
        var text = copy.text();
        if (text == null) {
            return false;
        }
        try {
            keeper.requireDocument(copy.path());
            var edit = new Overlay.Edit(
                    copy.path(), copy.session(), copy.version(), text.getBytes(StandardCharsets.UTF_8));
            return keeper.overlay().put(edit, means.steady().millis()).changed();
        } catch (Problem newer) {
            return false; // its editor was faster, or there is no room
        }
    }
}
