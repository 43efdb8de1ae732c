package dev.skein.bench.workspace;

import dev.skein.fault.nodes.NodeProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a node's virtual machine holds after a collection. */
final class Heap {
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

    private Heap() {}

    static double liveMib(NodeProcess node) throws Exception {
        jcmd(node, "GC.run");
        var found = USED.matcher(jcmd(node, "GC.heap_info"));
        long kib = 0;
        while (found.find()) {
            kib += Long.parseLong(found.group(1)); // of the young and the old generation
        }
        return kib / 1024.0;
    }

    private static String jcmd(NodeProcess node, String command) throws Exception {
        var jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
        var process = new ProcessBuilder(jcmd, String.valueOf(node.pid()), command)
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        return said;
    }
}
