package dev.skein.coordinator.review.watch;

import dev.skein.coordinator.review.rows.RunRows;
import dev.skein.coordinator.review.rows.WatchRows;
import dev.skein.kernel.Problem;
import dev.skein.review.progress.Pace;
import dev.skein.review.run.ReviewDetails.FileAsk;
import dev.skein.review.run.ReviewDetails.FileFound;
import dev.skein.review.run.ReviewDetails.Progress;
import dev.skein.review.run.ReviewDetails.WorkerPace;
import dev.skein.review.run.Reviews.Task;
import dev.skein.review.scope.ScopedFile;
import dev.skein.store.Store;
import dev.skein.store.Transaction;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What happens in one run, and where its files are. */
public final class Details {
    private static final int RUNNING_MAX = 10;
    private static final int NEXT_MAX = 5;
    private static final int FAILED_MAX = 50;
    private static final int RECENT_MAX = 10;
    private static final int MEASURED_MAX = 300; // tasks that the pace of workers rests on
    private static final int BUSY_MAX = 1_000; // tasks that run at once and are looked at for who is busy
    private static final int WORKERS_MAX = 100;
    private static final int NAME_SHOWN = 200;

    private final Store store;

    public Details(Store store) {
        this.store = store;
    }

    public Future<Progress> progress(String run) {
        return store.read(tx -> {
            RunRows.known(tx, run);
            var busy = WatchRows.running(tx, run, BUSY_MAX);
            var next = WatchRows.next(tx, run, NEXT_MAX);
            var pace = Estimates.pace(WatchRows.measured(tx, run, MEASURED_MAX));
            return new Progress(
                    first(busy, RUNNING_MAX),
                    next,
                    WatchRows.failed(tx, run, FAILED_MAX),
                    WatchRows.recent(tx, run, RECENT_MAX),
                    workers(WatchRows.doneBy(tx, run), new Seen(busy, next.isEmpty(), pace)));
        });
    }

    private record Seen(List<Task> busy, boolean nothingWaits, Pace pace) {}

    private static List<Task> first(List<Task> tasks, int limit) {
        return tasks.subList(0, Math.min(limit, tasks.size()));
    }

    private static List<WorkerPace> workers(Map<String, Integer> doneBy, Seen seen) {
        Set<String> busy = new HashSet<>();
        seen.busy.forEach(task -> busy.add(String.valueOf(task.worker())));
        var all = new TreeMap<>(doneBy);
        busy.forEach(worker -> all.putIfAbsent(worker, 0));
        var workers = new ArrayList<WorkerPace>();
        all.forEach((worker, tasks) -> {
            boolean isLive = seen.nothingWaits || busy.contains(worker);
            if (workers.size() < WORKERS_MAX) {
                workers.add(new WorkerPace(worker, isLive, tasks, seen.pace.rate(worker)));
            }
        });
        return workers;
    }

    public Future<FileFound> file(FileAsk ask) {
        return store.read(tx -> {
            var run = RunRows.known(tx, ask.run());
            return new FileFound(run.root(), run.node(), hash(tx, ask));
        });
    }

    private static String hash(Transaction tx, FileAsk ask) throws SQLException {
        int slash = ask.path().lastIndexOf('/');
        var directory = slash < 0 ? "." : ask.path().substring(0, slash);
        return WatchRows.units(tx, ask.run(), directory).stream()
                .flatMap(unit -> unit.files().stream())
                .filter(file -> file.path().equals(ask.path()))
                .map(ScopedFile::hash)
                .findFirst()
                .orElseThrow(() -> Problem.notFound("file_gone", "the review has no file " + shown(ask.path())));
    }

    private static String shown(String path) {
        return path.length() > NAME_SHOWN ? path.substring(0, NAME_SHOWN) + "…" : path;
    }
}
