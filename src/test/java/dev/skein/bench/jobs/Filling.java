package dev.skein.bench.jobs;

import dev.skein.job.life.JobIds;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;

/** Copies rows of jobs in a store that nobody has open, under ids of their own. */
final class Filling {
    static final int ENDED = 999_000; // short of the number from which the oldest are forgotten
    static final int FAILED = 10_000;
    static final int QUEUED = 100_000;
    private static final int APART = 10_000_000;

    private final Path directory;

    Filling(Path directory) {
        this.directory = directory;
    }

    /** Seconds it took. */
    double fill(String succeeded, String failed, String queued) throws SQLException {
        long began = System.nanoTime();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("skein.db"))) {
            connection.setAutoCommit(false);
            copy(connection, succeeded, APART, ENDED - FAILED);
            copy(connection, failed, 2 * APART, FAILED);
            copy(connection, queued, 3 * APART, QUEUED);
            count(connection, "noop", "succeeded", ENDED - FAILED);
            count(connection, "exec", "failed", FAILED);
            connection.commit();
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static void copy(Connection connection, String id, int from, int count) throws SQLException {
        var columns = columns(connection);
        var values = String.join(", ", columns)
                .replaceFirst("\\bid\\b", "j.id + " + from + " + n.i")
                .replaceFirst("\\bfinished_at\\b", "finished_at + n.i / 1000");
        var sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + count + ")"
                + " INSERT INTO jobs (" + String.join(", ", columns) + ") SELECT " + values
                + " FROM n CROSS JOIN (SELECT * FROM jobs WHERE id = " + JobIds.parse(id) + ") j";
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static ArrayList<String> columns(Connection connection) throws SQLException {
        var columns = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA table_info(jobs)")) {
            while (rows.next()) {
                columns.add(rows.getString("name"));
            }
        }
        return columns;
    }

    private static void count(Connection connection, String type, String state, int more) throws SQLException {
        try (var statement =
                connection.prepareStatement("UPDATE job_counts SET number = number + ? WHERE type = ? AND state = ?")) {
            statement.setInt(1, more);
            statement.setString(2, type);
            statement.setString(3, state);
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("no count of " + type);
            }
        }
    }
}
