package dev.skein.bench;

import dev.skein.bench.code.CodeBench;
import dev.skein.bench.code.PrecisionBench;
import dev.skein.bench.edits.EditsBench;
import dev.skein.bench.extract.ExtractBench;
import dev.skein.bench.findings.ReportBench;
import dev.skein.bench.fleet.FleetBench;
import dev.skein.bench.jobs.JobsBench;
import dev.skein.bench.jobs.MillionBench;
import dev.skein.bench.process.BusBench;
import dev.skein.bench.process.DeployBench;
import dev.skein.bench.process.HeavyBench;
import dev.skein.bench.process.HttpBench;
import dev.skein.bench.process.MemoryBench;
import dev.skein.bench.report.Row;
import dev.skein.bench.report.Workload;
import dev.skein.bench.review.ClaimsBench;
import dev.skein.bench.review.LedgerBench;
import dev.skein.bench.review.PmdBench;
import dev.skein.bench.review.PmdNodesBench;
import dev.skein.bench.scope.ScopeBench;
import dev.skein.bench.symbols.SymbolsBench;
import dev.skein.bench.workspace.WorkspaceBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures every workload, or the one that is named, and prints a Markdown table for each. */
public final class Benchmarks {
    private static final String ALL = "all";

    private Benchmarks() {}

    private static Map<String, Workload> workloads() {
        Map<String, Workload> all = new LinkedHashMap<>();
        all.put("mandelbrot", Micro::mandelbrot);
        all.put("filter", Micro::filter);
        all.put("route", Micro::routing);
        all.put("pack", Micro::packing);
        all.put("bus", new BusBench());
        all.put("http", new HttpBench());
        all.put("deploy", new DeployBench());
        all.put("heavy", new HeavyBench());
        all.put("memory", new MemoryBench());
        all.put("fleet", new FleetBench());
        all.put("jobs", new JobsBench());
        all.put("jobs-million", new MillionBench());
        all.put("extract", new ExtractBench());
        all.put("symbols", new SymbolsBench());
        all.put("code", new CodeBench());
        all.put("precision", new PrecisionBench());
        all.put("edits", new EditsBench());
        all.put("scope", new ScopeBench());
        all.put("pmd", new PmdBench());
        all.put("pmd-nodes", new PmdNodesBench());
        all.put("claims", new ClaimsBench());
        all.put("ledger", new LedgerBench());
        all.put("report", new ReportBench());
        all.put("workspace", new WorkspaceBench());
        return all;
    }

    public static void main(String[] arguments) {
        try {
            measure(arguments);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0); // some client may have left a thread
    }

    private static void measure(String[] arguments) throws Exception {
        var workloads = workloads();
        var wanted = arguments.length == 0 ? ALL : arguments[0];
        if (!wanted.equals(ALL) && !workloads.containsKey(wanted)) {
            System.err.println("no benchmark " + wanted + "; there are " + workloads.keySet());
            System.exit(2);
        }
        System.out.println(machine());
        for (var workload : workloads.entrySet()) {
            if (wanted.equals(ALL) || wanted.equals(workload.getKey())) {
                print(workload.getKey(), workload.getValue().measure());
            }
        }
    }

    private static void print(String name, List<Row> rows) {
        System.out.println("\n### " + name + "\n\n| what | median (least–most) | unit | mark |\n|---|---|---|---|");
        rows.forEach(System.out::println);
    }

    private static String machine() throws IOException {
        var processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processor");
        return "%s, %d cores of %s, Java %s, load before %s"
                .formatted(
                        LocalDate.now(),
                        Runtime.getRuntime().availableProcessors(),
                        processor,
                        Runtime.version(),
                        Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }
}
