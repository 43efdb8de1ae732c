package dev.skein.job.mcp.stdio;

import java.util.ArrayDeque;
import java.util.List;

/** The last lines that a server wrote for people. Written by one thread, read by any. */
final class Tail {
    static final int LINES_MAX = 20;
    static final int LINE_MAX = 1_000;

    private final ArrayDeque<String> lines = new ArrayDeque<>(); // guarded by this

    synchronized void add(String line) {
        if (lines.size() == LINES_MAX) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
