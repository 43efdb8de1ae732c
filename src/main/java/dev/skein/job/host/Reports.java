package dev.skein.job.host;

import dev.skein.bus.Bus;
import dev.skein.job.JobRuns;
import dev.skein.job.JobRuns.News;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Report;
import dev.skein.job.JobRuns.Reported;
import dev.skein.job.JobRuns.Verdict;
import dev.skein.job.JobRuns.What;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * News on its way to the leader: one batch at a time, again until it is answered. Of each attempt at most its
 * beginning, its latest progress and its end wait, and its end alone once it has ended. Thread-safe.
 */
final class Reports {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final long AGAIN_MILLIS = 200;
    private static final int BATCH_MAX = JobRuns.NEWS_MAX;

    private final Bus bus;
    private final String worker;
    private final ScheduledExecutorService clockwork;
    private final BiConsumer<News, Verdict> told;
    private final Map<Ref, Map<What, News>> waiting = new LinkedHashMap<>(); // guarded by this, as is the next
    private boolean isUnderWay;

    Reports(Bus bus, String worker, ScheduledExecutorService clockwork, BiConsumer<News, Verdict> told) {
        this.bus = bus;
        this.worker = worker;
        this.clockwork = clockwork;
        this.told = told;
    }

    void tell(News news) {
        synchronized (this) {
            var ofAttempt = waiting.computeIfAbsent(news.ref(), ref -> new LinkedHashMap<>());
            if (news.what() == What.FINISHED) {
                ofAttempt.clear();
            } else if (ofAttempt.containsKey(What.FINISHED)) {
                return;
            }
            ofAttempt.put(news.what(), news);
        }
        send();
    }

    /** Nobody wants to hear of it any more. */
    synchronized void forget(Ref ref) {
        waiting.remove(ref);
    }

    private void send() {
        List<News> batch;
        synchronized (this) {
            if (isUnderWay || waiting.isEmpty()) {
                return;
            }
            isUnderWay = true;
            batch = batch();
        }
        bus.ask(JobRuns.REPORT, new Report(worker, bus.here().toString(), batch), DEADLINE)
                .onSuccess(reported -> answered(batch, reported))
                .onFailure(cause -> clockwork.schedule(this::again, AGAIN_MILLIS, TimeUnit.MILLISECONDS));
    }

    private List<News> batch() {
        var batch = new ArrayList<News>();
        for (var ofAttempt : waiting.values()) {
            if (batch.size() + ofAttempt.size() > BATCH_MAX) {
                break;
            }
            batch.addAll(ofAttempt.values());
        }
        return List.copyOf(batch);
    }

    private void again() {
        synchronized (this) {
            isUnderWay = false;
        }
        send();
    }

    private void answered(List<News> batch, Reported reported) {
        synchronized (this) {
            batch.forEach(this::remove);
        }
        for (int i = 0; i < Math.min(batch.size(), reported.verdicts().size()); i++) {
            told.accept(batch.get(i), reported.verdicts().get(i));
        }
        again();
    }

    private void remove(News news) {
        var ofAttempt = waiting.get(news.ref());
        if (ofAttempt != null && ofAttempt.remove(news.what(), news) && ofAttempt.isEmpty()) {
            waiting.remove(news.ref());
        }
    }
}
