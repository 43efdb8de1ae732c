package dev.skein.http.cluster;

import dev.skein.pipeline.Groups;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.util.function.Function;

/** Counts and times what passes the edge. Labels come from bounded sets. Thread-safe. */
public final class EdgeMetrics {
    private final MeterRegistry registry;
    private final Timer injectTime;
    private final Timer deployTime;
    private final Counter injected;
    private final Counter notInjected;

    public EdgeMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.injectTime = Timer.builder("skein.cluster.inject.seconds")
                .description("Time from an inject's arrival to its answer")
                .register(registry);
        this.deployTime = Timer.builder("skein.cluster.deploy.seconds")
                .description("Time from a deployment's arrival to its answer")
                .register(registry);
        this.injected = counter("skein.cluster.inject.total", "ok");
        this.notInjected = counter("skein.cluster.inject.total", "failed");
    }

    private Counter counter(String name, String result) {
        return Counter.builder(name).tag("result", result).register(registry);
    }

    public <T> Future<T> injecting(Future<T> work) {
        var start = Timer.start(registry);
        return work.onComplete(done -> {
            start.stop(injectTime);
            (done.succeeded() ? injected : notInjected).increment();
        });
    }

    public Future<Groups.View> deploying(Future<Groups.View> work) {
        Function<io.vertx.core.AsyncResult<Groups.View>, String> result =
                done -> done.succeeded() ? done.result().status() : "refused";
        var start = Timer.start(registry);
        return work.onComplete(done -> {
            start.stop(deployTime);
            counter("skein.cluster.deploys.total", result.apply(done)).increment();
        });
    }
}
