package dev.skein.router;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Inject;
import dev.skein.pipeline.Events.Injected;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.event.Event;
import dev.skein.router.journal.Journal;
import dev.skein.router.journal.Journal.Entry;
import dev.skein.router.lane.Lane;
import dev.skein.router.lane.Parcel;
import dev.skein.router.lane.Receiver;
import dev.skein.router.table.LaneBook;
import dev.skein.router.table.Tables;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events that nobody waits for: on disk first, then delivered until they are taken. Confined to the event loop. */
final class KeptEvents {
    private static final Logger log = LoggerFactory.getLogger(KeptEvents.class);
    private static final String SOURCE = "journal";

    private final Context context;
    private final Journal journal;
    private final Injector injector;
    private final Tables tables;
    private final LaneBook lanes;
    private final ArrayDeque<Entry> unplaced = new ArrayDeque<>(); // until tables are known

    KeptEvents(Context context, Journal journal, Injector injector, Tables tables, LaneBook lanes) {
        this.context = context;
        this.journal = journal;
        this.injector = injector;
        this.tables = tables;
        this.lanes = lanes;
        unplaced.addAll(journal.left());
    }

    /** Answers once the event is on disk. */
    Future<Injected> keep(Inject request) {
        return injector.pending(request).compose(answer -> {
            Promise<Injected> kept = Promise.promise();
            journal.append(request.groupId(), request.event())
                    .onComplete(written -> context.runOnContext(run -> {
                        if (written.succeeded()) {
                            deliver(new Entry(written.result(), request.groupId(), request.event()));
                            kept.complete(answer);
                        } else {
                            kept.fail(written.cause());
                        }
                    }));
            return kept.future();
        });
    }

    /** Delivers what was left over when the process ended; what belongs to no group any more is given up. */
    void placeLeftOvers(boolean tablesAreKnown) {
        if (!tablesAreKnown) {
            return;
        }
        for (var entry = unplaced.poll(); entry != null; entry = unplaced.poll()) {
            deliver(entry);
        }
    }

    private void deliver(Entry entry) {
        var table = tables.get(entry.groupId());
        if (table == null) {
            log.warn("an event kept for group {} is given up, for the group is gone", entry.groupId());
            journal.delivered(entry.number());
            return;
        }
        var placement = injector.placementFor(table, entry.event());
        lanes.faithful(entry.groupId(), SOURCE, placement).lane().feed(new One(entry.event(), entry.number()));
    }

    private final class One implements Lane.Feed, Receiver {
        private final Event event;
        private final long number;

        One(Event event, long number) {
            this.event = event;
            this.number = number;
        }

        @Override
        public boolean pour(Lane lane) {
            return lane.offer(new Parcel(event, new Parcel.Manner(0, true), this, 0));
        }

        @Override
        public void done(int index, Result result) {
            journal.delivered(number);
        }

        @Override
        public void failed(int index, Problem problem) {
            log.warn("a kept event is given up: {}", problem.sentence());
            journal.delivered(number);
        }
    }
}
