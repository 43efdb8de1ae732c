package dev.skein.cli.review;

import dev.skein.cli.FakeCluster;
import dev.skein.cli.FakeCluster.Answer;

/** A run of three tasks as the API answers about it. */
final class RecordedRun {
    static final String PATH = "/api/v1/reviews";

    private static final String RUN = """
            {"id":"r-7","name":"app","root":"/srv/app","node":"n","engine":"pmd","persona":"","state":"%s",
            "tasks":{"pending":%d,"running":0,"done":%d,"failed":%d},"files":4,"lines":300,"reviewed":%d,
            "findings":{"critical":0,"high":%d,"medium":1,"low":0,"info":0},"suppressed":1,
            "skipped":{"binary":2},"created_at":"2026-01-02T03:04:05.000Z"}""";

    static final String DONE = RUN.formatted("done", 0, 3, 0, 300, 1);
    static final String CLEAN = RUN.formatted("done", 0, 3, 0, 300, 0);
    static final String INCOMPLETE = RUN.formatted("incomplete", 0, 2, 1, 200, 0);
    static final String RUNNING = RUN.formatted("running", 1, 2, 0, 200, 1)
            .replace("\"skipped\"", "\"eta\":{\"text\":\"~9s\",\"workers\":1,\"measured\":2},\"skipped\"");

    private static final String TASK = """
            {"id":"t-%d","directory":"%s","part":1,"parts":1,"priority":2,"files":1,"lines":100,"state":"%s",
            "job":"j","attempt":%d,"worker":"worker-%d","started_at":"2026-01-02T03:04:00.000Z",
            "finished_at":"2026-01-02T03:04:10.000Z","findings":1%s}""";

    static final String TASKS = "{\"tasks\":["
            + TASK.formatted(1, ".", "done", 1, 0, "") + ","
            + TASK.formatted(2, "src", "done", 1, 1, "") + ","
            + TASK.formatted(3, "src/a", "done", 2, 0, "")
            + "],\"total\":3,\"pagination\":{}}";

    static final String TASKS_FAILED = "{\"tasks\":["
            + TASK.formatted(1, ".", "done", 1, 0, "") + ","
            + TASK.formatted(2, "src", "done", 1, 1, "") + ","
            + TASK.formatted(3, "src/a", "failed", 3, 0, ",\"reason\":\"the model is down\"")
            + "],\"total\":3,\"pagination\":{}}";

    static final String TASKS_RUNNING = "{\"tasks\":["
            + TASK.formatted(1, ".", "done", 1, 0, "") + ","
            + TASK.formatted(2, "src", "running", 1, 1, "") + ","
            + TASK.formatted(3, "src/a", "pending", 1, 0, "")
            + "],\"total\":3,\"pagination\":{}}";

    private static final String FINDING = """
            {"path":"%s","start_line":%d,"start_column":1,"end_line":%d,"end_column":5,"quote":"x();","rule":"bad-call",
            "severity":"%s","confidence":0.9,"message":"Calls x.","engine":"pmd","model":"","task":"t-1",
            "fingerprint":"%s","line_hash":"h"%s}""";

    private static final String SUPPRESSION = ",\"suppression\":{\"where\":\"dismissed\",\"reason\":\"known\"}";
    private static final String RULES = """
            "rules":[{"id":"bad-call","summary":"Calls x.","help":"","link":"","severity":"high","tags":[]}]""";

    private RecordedRun() {}

    /** Two pages, of which the second has what comes first in a report. */
    static FakeCluster known(FakeCluster cluster, String run) {
        cluster.on("GET " + PATH, 200, "{\"reviews\":[" + run + "],\"total\":1,\"pagination\":{}}");
        cluster.on("GET " + PATH + "/r-7", 200, run);
        cluster.on("GET " + PATH + "/r-7/tasks", 200, TASKS);
        cluster.on("GET " + PATH + "/r-7/findings", asked -> new Answer(200, page(asked.path())));
        return cluster;
    }

    private static String page(String path) {
        if (path.contains("cursor=second")) {
            return "{\"findings\":[" + FINDING.formatted("src/A.java", 9, 9, "medium", "f-2", "") + ","
                    + FINDING.formatted("src/A.java", 1, 1, "critical", "f-3", SUPPRESSION) + "]," + RULES
                    + ",\"gaps\":[]}";
        }
        return "{\"findings\":[" + FINDING.formatted("src/B.java", 3, 3, "high", "f-1", "") + "]," + RULES
                + ",\"gaps\":[],\"next\":\"second\"}";
    }
}
