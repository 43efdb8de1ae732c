package dev.skein.job.mcp.pool;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Shows pools as they were last seen. Labels are names of configured servers, causes of exits and codes of problems, of
 * which there are few. Thread-safe.
 */
public final class PoolMetrics {
    private static final double MILLIS = 1_000;
    private static final int CODES_MAX = 50; // for each server; a server cannot make up more

    private final MeterRegistry registry;
    private final String type;
    private final Map<String, PoolStats> last = new ConcurrentHashMap<>();
    private final Set<String> shown = new HashSet<>(); // guarded by this

    /** @param type of the jobs that use the pools */
    public PoolMetrics(MeterRegistry registry, String type) {
        this.registry = registry;
        this.type = type;
    }

    /** What is now so. */
    public synchronized void see(PoolStats seen) {
        last.put(seen.name(), seen);
        if (shown.add(seen.name())) {
            show(seen.name());
        }
        seen.exits().keySet().forEach(cause -> exit(seen.name(), cause));
        seen.errors().keySet().forEach(code -> error(seen.name(), code));
    }

    private void show(String server) {
        var tags = tags(server);
        gauge("connections", tags, server, PoolStats::connections);
        gauge("in.flight", tags, server, PoolStats::inFlight);
        gauge("queued", tags, server, PoolStats::queued);
        gauge("resident.bytes", tags, server, PoolStats::residentBytes);
        gauge("call.seconds", tags.and("quantile", "0.5"), server, stats -> stats.medianMillis() / MILLIS);
        gauge("call.seconds", tags.and("quantile", "0.95"), server, stats -> stats.p95Millis() / MILLIS);
        counter("starts", tags, server, PoolStats::starts);
        counter("restarts", tags, server, PoolStats::restarts);
        counter("calls", tags, server, PoolStats::calls);
    }

    private void exit(String server, String cause) {
        if (isNew(server + "\nexits\n" + cause)) {
            var tags = tags(server).and("cause", cause);
            counter("exits", tags, server, stats -> stats.exits().getOrDefault(cause, 0L));
        }
    }

    private void error(String server, String code) {
        if (isNew(server + "\nerrors\n" + code)) {
            var tags = tags(server).and("code", code);
            counter("errors", tags, server, stats -> stats.errors().getOrDefault(code, 0L));
        }
    }

    private boolean isNew(String name) {
        return shown.size() < CODES_MAX * last.size() && shown.add(name);
    }

    private Tags tags(String server) {
        return Tags.of("type", type, "server", server);
    }

    private double value(String server, ToDoubleFunction<PoolStats> what) {
        var seen = last.get(server);
        return seen == null ? 0 : what.applyAsDouble(seen);
    }

    private void gauge(String name, Tags tags, String server, ToDoubleFunction<PoolStats> what) {
        Gauge.builder("skein.mcp." + name, this, self -> self.value(server, what))
                .tags(tags)
                .register(registry);
    }

    private void counter(String name, Tags tags, String server, ToDoubleFunction<PoolStats> what) {
        FunctionCounter.builder("skein.mcp." + name + ".total", this, self -> self.value(server, what))
                .tags(tags)
                .register(registry);
    }
}
