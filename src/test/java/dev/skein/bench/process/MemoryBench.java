package dev.skein.bench.process;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import dev.skein.fault.nodes.Api;
import dev.skein.fault.nodes.NodeProcess;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.fault.nodes.TestCluster.Setup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a coordinator with a heap of 256 MiB and a worker with 128 MiB hold when idle again after 1,000 injects. */
public final class MemoryBench implements Workload {
    private static final String PATH = Api.CLUSTER + "/pipeline-groups";
    private static final int INJECTS = 1_000;
    private static final double MIB = 1024; // kB in one
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern LIVE = Pattern.compile("Total +\\d+ +(\\d+)");
    private static final String GROUP = """
            {"name": "memory", "pipelines": [{"name": "p", "source": "stream Out = In .where(v > 0) .emit(v: v)"}]}""";

    @Override
    public List<Row> measure() throws Exception {
        var setup = new Setup(List.of("-Xmx256m"), List.of("-Xmx128m"), "");
        try (var cluster = TestCluster.start(Files.createTempDirectory("skein-memory"), 1, setup)) {
            inject(cluster);
            var coordinator = cluster.coordinator();
            var worker = cluster.worker(0);
            return List.of(
                    row("resident set of the coordinator, -Xmx256m", resident(coordinator)),
                    row("live heap of the coordinator", liveHeap(coordinator)),
                    row("resident set of the worker, -Xmx128m", resident(worker)),
                    row("live heap of the worker", liveHeap(worker)));
        }
    }

    private static Row row(String what, double mebibytes) {
        return Row.of(what, Samples.of(mebibytes), "MiB");
    }

    private static void inject(TestCluster cluster) {
        var group = cluster.api.post(PATH, GROUP).body().path("id").asText();
        for (int i = 0; i < INJECTS; i++) {
            var event = "{\"event_type\": \"In\", \"fields\": {\"v\": %d}}".formatted(i);
            var answer = cluster.api.post(PATH + "/" + group + "/inject", event);
            if (answer.status() != 200) {
                throw new IllegalStateException(answer + cluster.tails());
            }
        }
    }

    private static double resident(NodeProcess node) throws IOException {
        return number(RESIDENT, Files.readString(Path.of("/proc/" + node.pid() + "/status"))) / MIB;
    }

    /** Objects that a full collection leaves. */
    private static double liveHeap(NodeProcess node) throws IOException {
        return number(LIVE, jcmd(node, "GC.class_histogram")) / 1024 / MIB;
    }

    private static String jcmd(NodeProcess node, String command) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, Long.toString(node.pid()), command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static double number(Pattern pattern, String text) {
        Matcher match = pattern.matcher(text);
        if (!match.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return Double.parseDouble(match.group(1));
    }
}
