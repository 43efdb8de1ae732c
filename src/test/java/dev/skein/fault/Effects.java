package dev.skein.fault;

import dev.skein.fault.nodes.Api;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends events with names of their own to one pipeline, each once and never again, through several nodes, and compares
 * what was acknowledged with what the copies of the pipeline wrote into their workers' logs.
 */
final class Effects implements AutoCloseable {
    private static final Pattern LINE = Pattern.compile("^(\\S+) INFO .* Seen \\{.*\"n\":\"(\\w+)\".*}$");
    private static final long PACE_MILLIS = 50;
    private static final int CHANGES_MAX = 2; // to another worker, and perhaps back

    private record Effect(OffsetDateTime time, String worker, String name) {}

    private final String path;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<Effect> all = new ArrayList<>();
    private final List<ScheduledExecutorService> senders = new ArrayList<>();

    Effects(String path) {
        this.path = path;
    }

    /** Sends through that node from now on, names beginning with that letter. */
    void startThrough(Api node, String letter) {
        var sender = Executors.newSingleThreadScheduledExecutor();
        senders.add(sender);
        var number = new int[1]; // of the sender's thread
        sender.scheduleWithFixedDelay(() -> send(node, letter + number[0]++), 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void send(Api node, String name) {
        var answer = node.post(path, "{\"event_type\": \"X\", \"fields\": {\"n\": \"" + name + "\"}}");
        if (answer.status() == 200) {
            acknowledged.add(name);
        }
    }

    void read(String worker, String log) {
        log.lines().map(LINE::matcher).filter(Matcher::matches).forEach(match -> {
            all.add(new Effect(OffsetDateTime.parse(match.group(1)), worker, match.group(2)));
        });
        all.sort(Comparator.comparing(Effect::time));
    }

    int count() {
        return all.size();
    }

    /** What must not be, in words. */
    List<String> findings() {
        var findings = new ArrayList<String>();
        var seen = new HashSet<String>();
        all.stream()
                .filter(effect -> !seen.add(effect.name))
                .forEach(twice -> findings.add(twice.name + " had effect twice, at last on " + twice.worker));
        acknowledged.stream()
                .filter(name -> !seen.contains(name))
                .forEach(lost -> findings.add(lost + " was acknowledged and had no effect"));
        var changes = changes();
        if (changes.size() > CHANGES_MAX) {
            findings.add("copies were at work at the same time: " + changes);
        }
        return findings;
    }

    /** Each time another worker's copy had the next effect. */
    private List<String> changes() {
        var changes = new ArrayList<String>();
        for (int i = 1; i < all.size(); i++) {
            var before = all.get(i - 1);
            var next = all.get(i);
            if (!next.worker.equals(before.worker)) {
                changes.add("%s until %s, %s from %s".formatted(before.worker, before.time, next.worker, next.time));
            }
        }
        return changes;
    }

    @Override
    public String toString() {
        return "%,d effects of %,d acknowledged events, %s".formatted(all.size(), acknowledged.size(), changes());
    }

    /** Sends no more; waits for what is under way. */
    @Override
    public void close() throws InterruptedException {
        for (var sender : senders) {
            sender.shutdown();
            sender.awaitTermination(20, TimeUnit.SECONDS);
        }
    }
}
