package dev.skein.job.packing;

import dev.skein.bus.Packing;
import dev.skein.bus.wire.WireReader;
import dev.skein.bus.wire.WireWriter;
import dev.skein.job.JobSpec;
import dev.skein.job.JobSpec.Needs;
import dev.skein.job.JobSpec.Order;
import dev.skein.job.JobSpec.Timeouts;
import dev.skein.job.Jobs.SubmitMany;
import dev.skein.pipeline.Workers.Caller;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Objects;

/** A batch of submissions as bytes. */
public final class SubmitPacking implements Packing<SubmitMany> {
    private static final int VERSION = 1;

    @Override
    public Class<SubmitMany> type() {
        return SubmitMany.class;
    }

    @Override
    public void pack(SubmitMany batch, Buffer buffer) {
        var caller = batch.caller();
        var to = new WireWriter(buffer)
                .number(VERSION)
                .text(caller.subject())
                .text(caller.role())
                .text(caller.requestId())
                .number(batch.specs().size());
        batch.specs().forEach(spec -> write(spec, to));
    }

    private static void write(JobSpec spec, WireWriter to) {
        to.text(spec.type()).text(spec.payload());
        write(spec.order(), to);
        write(spec.timeouts(), to);
        write(spec.needs(), to);
        to.number(spec.attemptsMax()).optional(spec.idempotencyKey());
        Parts.write(spec.labels(), to);
        Parts.write(spec.retention(), to);
    }

    private static void write(Order order, WireWriter to) {
        to.number(order.priority())
                .optional(order.fairnessKey())
                .optional(order.concurrencyKey())
                .number(order.concurrencyMax());
        Parts.write(order.delay(), to);
    }

    private static void write(Timeouts timeouts, WireWriter to) {
        Parts.write(timeouts.queue(), to);
        Parts.write(timeouts.run(), to);
        Parts.write(timeouts.heartbeat(), to);
        Parts.write(timeouts.total(), to);
    }

    private static void write(Needs needs, WireWriter to) {
        Parts.write(needs.capabilities(), to);
        Parts.write(needs.workerLabels(), to);
        to.optional(needs.affinity()).number(needs.memoryBytes()).number(needs.waitForCapacity() ? 1 : 0);
    }

    @Override
    public SubmitMany unpack(Buffer buffer, int start, int end) {
        var from = new WireReader(buffer, start, end);
        from.version(VERSION);
        var caller = new Caller(from.text(), from.text(), from.text());
        return new SubmitMany(from.list(() -> spec(from)), caller);
    }

    private static JobSpec spec(WireReader from) {
        return new JobSpec(
                from.text(),
                from.text(),
                order(from),
                new Timeouts(Parts.time(from), Parts.time(from), Parts.time(from), Parts.time(from)),
                needs(from),
                (int) from.number(),
                from.optional(),
                Parts.words(from),
                Parts.time(from));
    }

    private static Order order(WireReader from) {
        return new Order(
                (int) from.number(),
                from.optional(),
                from.optional(),
                (int) from.number(),
                Objects.requireNonNullElse(Parts.time(from), Duration.ZERO));
    }

    private static Needs needs(WireReader from) {
        return new Needs(Parts.words(from), Parts.words(from), from.optional(), from.number(), from.number() != 0);
    }
}
