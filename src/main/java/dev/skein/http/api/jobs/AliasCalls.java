package dev.skein.http.api.jobs;

import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.job.JobState;
import dev.skein.job.Jobs;
import dev.skein.job.Remotes;
import dev.skein.kernel.ByteSize;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workers and counts in the shapes of the older document. Thread-safe. */
public final class AliasCalls {
    private static final int MILLIS = 1_000;

    private final Coordinator coordinator;

    public AliasCalls(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    private record Memory(String used, String total, long usedBytes, long totalBytes) {}

    private record WorkerStatus(
            String id,
            String address,
            List<String> capabilities,
            String status,
            boolean healthy,
            Memory memory,
            int running,
            int limit,
            long lastSeenSecs,
            boolean remote,
            @Nullable String reason) {}

    private record StatusList(List<WorkerStatus> workers, int total, long healthy) {}

    private record OfType(long queued, long running, long retrying, long succeeded, long failed, long dead) {}

    private record Stats(
            long queued,
            long pending,
            long running,
            long retrying,
            long parked,
            long succeeded,
            long completed,
            long failed,
            long dead,
            long cancelled,
            long oldestQueuedSecs,
            long finishedPerMinute,
            long failedPerMinute,
            Map<String, OfType> byType) {}

    public Map<String, Handler> handlers() {
        return Map.of(
                "aliasWorkersStatus", this::status,
                "aliasJobsStats", this::stats,
                "aliasJobsClear", this::clear);
    }

    private Future<Answer> status(Call call) {
        var remotes = coordinator.read(Remotes.LIST, new Remotes.ListAll());
        return coordinator
                .read(Jobs.RUNNERS, new Jobs.RunnersAsk())
                .compose(found -> remotes.map(others -> {
                    var workers = new ArrayList<WorkerStatus>();
                    for (var view : found.runners()) {
                        if (!view.runner().labels().contains("remote")) {
                            workers.add(worker(view));
                        }
                    }
                    others.workers().forEach(view -> workers.add(worker(view)));
                    long healthy =
                            workers.stream().filter(WorkerStatus::healthy).count();
                    return Answer.ok(new StatusList(workers, workers.size(), healthy));
                }));
    }

    private static WorkerStatus worker(Jobs.RunnerView view) {
        var runner = view.runner();
        var capabilities = new ArrayList<>(runner.types());
        capabilities.addAll(runner.capabilities());
        var memory = new Memory(
                ByteSize.format(view.reservedBytes()),
                ByteSize.format(view.memoryBytes()),
                view.reservedBytes(),
                view.memoryBytes());
        return new WorkerStatus(
                runner.worker(),
                runner.node(),
                capabilities.stream().distinct().toList(),
                view.status(),
                !view.status().equals("silent"),
                memory,
                view.running(),
                view.slots(),
                view.silentMillis() / MILLIS,
                false,
                null);
    }

    private static WorkerStatus worker(Remotes.View view) {
        var memory = new Memory(
                ByteSize.format(view.usedBytes()),
                ByteSize.format(view.totalBytes()),
                view.usedBytes(),
                view.totalBytes());
        return new WorkerStatus(
                view.spec().id(),
                view.spec().id(),
                view.spec().capabilities(),
                view.status(),
                view.status().equals("healthy") || view.status().equals("degraded"),
                memory,
                view.running(),
                view.slots(),
                view.silentMillis() / MILLIS,
                true,
                view.reason().isEmpty() ? null : view.reason());
    }

    private Future<Answer> stats(Call call) {
        return coordinator.read(Jobs.STATS, new Jobs.StatsAsk()).map(found -> {
            var counts = found.counts();
            var byType = new LinkedHashMap<String, OfType>();
            found.types().forEach(type -> byType.put(type.type(), ofType(type.counts())));
            return Answer.ok(new Stats(
                    counts.queued(),
                    counts.queued(),
                    counts.running(),
                    counts.retrying(),
                    counts.parked(),
                    counts.succeeded(),
                    counts.succeeded(),
                    counts.failed(),
                    counts.dead(),
                    counts.cancelled(),
                    counts.oldestQueuedMillis() / MILLIS,
                    found.pace().finishedPerMinute(),
                    found.pace().failedPerMinute(),
                    byType));
        });
    }

    private static OfType ofType(Jobs.Counts counts) {
        return new OfType(
                counts.queued(),
                counts.running(),
                counts.retrying(),
                counts.succeeded(),
                counts.failed(),
                counts.dead());
    }

    private Future<Answer> clear(Call call) {
        var states = new ArrayList<>(List.of(JobState.QUEUED, JobState.RETRYING));
        if ("true".equals(call.query().get("running"))) {
            states.add(JobState.RUNNING);
        }
        return coordinator
                .change(Jobs.CLEAR, new Jobs.Clear(states, null, call.caller()), Coordinator.LONG_CHANGE)
                .map(Answer::ok);
    }
}
