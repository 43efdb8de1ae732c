package dev.skein.bench.process;

import dev.skein.cluster.Membership;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.vpl.run.PipelineHost;
import dev.skein.worker.WorkerConfig;
import dev.skein.worker.WorkerVerticle;
import dev.skein.worker.hosting.Lanes;
import dev.skein.worker.hosting.Lease;
import dev.skein.worker.hosting.VplEngine;
import dev.skein.worker.hosting.WorkerHost;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;

/** The other process of {@link BusBench}: a worker, and beside it one who answers raw buffers. */
final class BusPeer {
    static final String NODE = "bench-worker";

    /** Answers a buffer with as many bytes as its first int says. */
    static final String RAW = "bench.raw";

    private BusPeer() {}

    /** Lives until its standard input ends, which is when the process that started it does. */
    public static void main(String[] arguments) throws Exception {
        var node = BusNode.join(NODE, Integer.parseInt(arguments[0]), false);
        host(node);
        node.vertx()
                .eventBus()
                .<Buffer>consumer(RAW, message -> message.reply(reply(message.body())))
                .completion()
                .await(30, TimeUnit.SECONDS);
        while (System.in.read() >= 0) {
            // nobody writes to it
        }
        System.exit(0);
    }

    private static Buffer reply(Buffer request) {
        return Buffer.buffer(new byte[request.getInt(0)]);
    }

    private static void host(BusNode node) throws Exception {
        var clock = SteadyClock.system();
        var config = WorkerConfig.DEFAULTS;
        var lanes = Lanes.upTo(config.threadsMax());
        var engine = new VplEngine(PipelineHost.of(lanes, clock, target -> event -> {}));
        var host = new WorkerHost(NODE, config.hostLimits(), engine, lanes, clock, Lease.forEver());
        var worker = new WorkerVerticle(
                node.bus(), config, host, null, Membership.alone(node.bus().here()), clock);
        node.vertx().deployVerticle(worker).await(30, TimeUnit.SECONDS);
    }
}
