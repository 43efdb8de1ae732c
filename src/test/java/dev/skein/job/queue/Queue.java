package dev.skein.job.queue;

import dev.skein.job.JobRuns.Room;
import dev.skein.job.JobRuns.Runner;
import dev.skein.job.JobSpec;
import dev.skein.job.life.Live;
import dev.skein.job.life.Traits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A queue that a test fills and empties, with a clock that it moves. */
final class Queue {
    static final Limits FREE = new Limits(Duration.ofHours(1), 10, Map.of(), Map.of());

    final Book book;
    final Stations stations;
    long now = 1_000_000;
    private long ids;

    Queue(Limits limits) {
        this.book = new Book(limits);
        this.stations = new Stations(book);
    }

    void worker(String name, int slots, long memory, String... labels) {
        var runner = new Runner(name, name + "@1", List.of("exec", "mcp"), List.of("gpu"), List.of(labels));
        stations.put(new Station(runner, new Room(slots, memory, null), now));
    }

    long submit(JobSpec spec) {
        return submit(spec, "ann");
    }

    long submit(JobSpec spec, String submitter) {
        var live = Live.accepted(
                ++ids,
                Traits.of(spec, submitter),
                spec.needs().memoryBytes(),
                new Live.Entry(now, spec.order().delay().toMillis()));
        book.put(live, now);
        return live.id();
    }

    /** Claims one job; 0 when nobody can take any. */
    long claim() {
        var choice = stations.next(now);
        if (choice == null) {
            return 0;
        }
        stations.chosen(choice, now);
        book.put(choice.live().claimed(choice.station().worker(), now), now);
        return choice.live().id();
    }

    /** Claims as long as anybody can take any. */
    List<Long> claimAll() {
        var claimed = new ArrayList<Long>();
        for (long id = claim(); id != 0; id = claim()) {
            claimed.add(id);
        }
        return claimed;
    }

    /** It has ended. */
    void done(long id) {
        book.remove(id);
    }
}
