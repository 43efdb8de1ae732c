package dev.skein.bench.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * db-scheduler on PostgreSQL doing the same jobs: the server is a process of its own, producer and worker are threads
 * of this one. A finished execution is deleted, so nothing is kept of it.
 */
final class SchedulerPeer {
    private static final int THREADS = 100; // more only wait for connections
    private static final int CONNECTIONS = 24;
    private static final int JOBS = 20_000;
    private static final int CLIENTS = 64;
    private static final int PRODUCERS = 4;
    private static final Duration SINGLES = Duration.ofSeconds(5);
    private static final String TABLE = """
            CREATE TABLE scheduled_tasks (
                task_name TEXT NOT NULL, task_instance TEXT NOT NULL, task_data BYTEA,
                execution_time TIMESTAMPTZ NOT NULL, picked BOOLEAN NOT NULL, picked_by TEXT,
                last_success TIMESTAMPTZ, last_failure TIMESTAMPTZ, consecutive_failures INT,
                last_heartbeat TIMESTAMPTZ, version BIGINT NOT NULL, priority SMALLINT,
                PRIMARY KEY (task_name, task_instance));
            CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)""";

    private final AtomicLong done = new AtomicLong();
    private final AtomicLong named = new AtomicLong();
    private final OneTimeTask<String> task =
            Tasks.oneTime("noop", String.class).execute((instance, context) -> done.incrementAndGet());

    List<Row> measure() throws Exception {
        try (var server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("max_connections", "60")
                        .start();
                var source = source(server)) {
            prepare(source);
            var scheduler = Scheduler.create(source, task)
                    .threads(THREADS)
                    .pollingInterval(Duration.ofMillis(100))
                    .pollUsingLockAndFetch(0.5, 4.0)
                    .build();
            scheduler.start();
            try {
                return rows(scheduler);
            } finally {
                scheduler.stop();
            }
        }
    }

    private static HikariDataSource source(EmbeddedPostgres server) {
        var config = new HikariConfig();
        config.setJdbcUrl(server.getJdbcUrl("postgres", "postgres") + "&reWriteBatchedInserts=true");
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }

    /** The library starts servers that do not wait for the disk unless they are told. */
    private static void prepare(HikariDataSource source) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            requireOn(statement, "fsync");
            requireOn(statement, "synchronous_commit");
            statement.execute(TABLE);
        }
    }

    private static void requireOn(Statement statement, String setting) throws SQLException {
        try (var shown = statement.executeQuery("SHOW " + setting)) {
            if (!shown.next() || !shown.getString(1).equals("on")) {
                throw new IllegalStateException(setting + " is not on");
            }
        }
    }

    private List<Row> rows(Scheduler scheduler) throws Exception {
        batches(scheduler);
        var batched = new ArrayList<Double>();
        for (int i = 0; i < JobLoad.RUNS; i++) {
            batched.add(batches(scheduler));
        }
        singles(scheduler);
        var single = new ArrayList<Double>();
        for (int i = 0; i < JobLoad.RUNS; i++) {
            single.add(singles(scheduler));
        }
        return List.of(
                Row.of("db-scheduler: batches, submitted to finished", new Samples(batched), "jobs/s"),
                Row.of("db-scheduler: single, 64 clients", new Samples(single), "jobs/s"));
    }

    private TaskInstance<?> next() {
        return task.instance(Long.toString(named.incrementAndGet()), JobLoad.PAYLOAD);
    }

    private double batches(Scheduler scheduler) throws Exception {
        long before = done.get();
        long began = System.nanoTime();
        parallel(PRODUCERS, () -> {
            for (int i = 0; i < JOBS / JobLoad.BATCH / PRODUCERS; i++) {
                scheduler.scheduleBatch(Stream.generate(this::next).limit(JobLoad.BATCH), Instant.now());
            }
        });
        awaitDone(before + JOBS);
        return JOBS / ((System.nanoTime() - began) / 1e9);
    }

    private double singles(Scheduler scheduler) throws Exception {
        long before = done.get();
        var sent = new AtomicLong();
        long end = System.nanoTime() + SINGLES.toNanos();
        parallel(CLIENTS, () -> {
            while (System.nanoTime() < end) {
                scheduler.schedule(next(), Instant.now());
                sent.incrementAndGet();
            }
        });
        awaitDone(before + sent.get());
        return sent.get() / (double) SINGLES.toSeconds();
    }

    private static void parallel(int threads, Runnable work) throws Exception {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var all = Stream.generate(() -> pool.submit(work)).limit(threads).toList();
            for (var each : all) {
                each.get(5, TimeUnit.MINUTES);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void awaitDone(long count) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (done.get() < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(done + " of " + count + " were done");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // nobody tells when the last one ended
        }
    }
}
