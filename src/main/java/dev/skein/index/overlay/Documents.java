package dev.skein.index.overlay;

import dev.skein.bus.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an editor tells of its documents. Served by each router, which passes it to the one that reads the workspace.
 * All fail with 404 {@code workspace_not_found}, with 503 {@code router_unavailable} while that one is away, and with
 * 400 {@code invalid_path} or {@code path_outside_shards} for what cannot be a document.
 *
 * <p>A document belongs to the session that opened it, and its versions only grow while it is open. A router that was
 * started again knows no documents: its epoch is another, and whoever has documents open sends them again.
 */
public final class Documents {
    /** How many files may be named at once. */
    public static final int LOOK_MAX = 1_000;

    /**
     * A document as its editor has it, for the first time or again.
     *
     * @param workspace by name, as in all that follow
     * @param version of the editor
     */
    public record Put(String workspace, String path, String session, long version, String text) {}

    /** The disk counts again. */
    public record Close(String workspace, String path, String session) {}

    /** An open document has another path. */
    public record Move(String workspace, String from, String to, String session) {}

    /** Files that were saved, created, renamed or deleted on disk. */
    public record Look(String workspace, List<String> paths) {
        public Look {
            paths = List.copyOf(paths);
        }
    }

    /**
     * What came of it.
     *
     * @param changed whether anything was different before
     * @param indexed whether every answer from now on has it in it; if not, it will soon
     * @param overlayVersion answers with that or a higher one have it in them
     * @param epoch of the router
     */
    public record Done(boolean changed, boolean indexed, long overlayVersion, long epoch) {}

    /** A session is alive and keeps its documents. */
    public record Renew(String workspace, String session) {}

    /** @param leaseMillis how long it keeps them without another word */
    public record Renewed(long epoch, long leaseMillis, List<Open> documents) {
        public Renewed {
            documents = List.copyOf(documents);
        }
    }

    /** @param bytes in UTF-8 */
    public record Open(String path, String session, long version, long bytes) {}

    public record ListOpen(String workspace, int limit, int offset) {}

    /**
     * One page by path.
     *
     * @param refused how many texts came with a version that had passed
     * @param superseded how many were replaced before they were sent
     */
    public record Listed(List<Open> documents, int total, long refused, long superseded, long epoch) {
        public Listed {
            documents = List.copyOf(documents);
        }
    }

    /**
     * A document as another router has it, for that router's next life.
     *
     * @param workspace by id, as in what follows
     * @param epoch of that router
     * @param text null when the document is closed
     */
    public record Copy(
            String workspace,
            long epoch,
            String path,
            String session,
            long version,
            long revision,
            @Nullable String text) {}

    /** @param taken false when something newer is known */
    public record Taken(boolean taken) {}

    public record AskCopies(String workspace, String after) {}

    /** Some documents in the order of their paths; none when there are no more. */
    public record Copied(List<Copy> documents) {
        public Copied {
            documents = List.copyOf(documents);
        }
    }

    /**
     * Fails with 409 {@code version_behind} when the document has that version with another text, or a later one, with
     * 409 {@code document_open} when it is another session's, with 413 when it is too large and 429 {@code
     * overlay_full} when there are too many.
     */
    public static final Endpoint<Put, Done> PUT = new Endpoint<>("document.put.v1", Put.class, Done.class);

    /** Changes nothing when the session does not have it open. */
    public static final Endpoint<Close, Done> CLOSE = new Endpoint<>("document.close.v1", Close.class, Done.class);

    /** Changes nothing when the session does not have it open, or the other path is. */
    public static final Endpoint<Move, Done> MOVE = new Endpoint<>("document.move.v1", Move.class, Done.class);

    public static final Endpoint<Look, Done> LOOK = new Endpoint<>("document.look.v1", Look.class, Done.class);

    public static final Endpoint<Renew, Renewed> RENEW =
            new Endpoint<>("document.renew.v1", Renew.class, Renewed.class);

    public static final Endpoint<ListOpen, Listed> LIST =
            new Endpoint<>("document.list.v1", ListOpen.class, Listed.class);

    /** Served by each router, for others, as is the next. */
    public static final Endpoint<Copy, Taken> COPY = new Endpoint<>("document.copy.v1", Copy.class, Taken.class);

    public static final Endpoint<AskCopies, Copied> COPIES =
            new Endpoint<>("document.copies.v1", AskCopies.class, Copied.class);

    private Documents() {}
}
