package dev.skein.pipeline.link;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Hosting.Deployed;
import dev.skein.pipeline.Hosting.Held;
import dev.skein.pipeline.Hosting.Hold;
import dev.skein.pipeline.Hosting.Listed;
import dev.skein.pipeline.Hosting.Release;
import dev.skein.pipeline.Hosting.Released;
import dev.skein.pipeline.Hosting.Restore;
import dev.skein.pipeline.Hosting.Restored;
import dev.skein.pipeline.Hosting.Stopped;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Drives workers known by REST only, whoever made them: the worker endpoints of the cluster contract.
 *
 * <p>A delivery of one event goes to {@code …/events}. More than one go to {@code …/events-batch}, whose answer does
 * not say which event led to which output: the first result then holds all outputs and errors, the others are empty.
 * Outputs are returned even if only counts were wanted, for the routes of the group need them.
 */
public final class HttpHostLink implements HostLink {
    private static final String PIPELINES = "/api/v1/pipelines";
    private static final int INLINE_BYTES_MAX = 64 << 10; // heavier JSON is read off the event loop

    private final Vertx vertx;
    private final HttpCalls calls;

    public HttpHostLink(Vertx vertx) {
        this(vertx, null);
    }

    /** @param ca PEM file of the authorities that workers' certificates are believed for; null for the usual ones */
    public HttpHostLink(Vertx vertx, @Nullable Path ca) {
        this.vertx = vertx;
        this.calls = new HttpCalls(vertx, ca);
    }

    @Override
    public Future<Deployed> deploy(Host host, Deploy order) {
        var call = new HttpCalls.Call(host, HttpMethod.POST, PIPELINES, HttpOrders.deploy(order), ORDER_DEADLINE);
        return calls.send(call).compose(answer -> {
            if (answer.status() == 400) {
                var refused = HttpOrders.refusedProgram(answer.body());
                return refused == null ? calls.failed(host, answer) : Future.succeededFuture(refused);
            }
            return answer.isSuccess()
                    ? read(host, answer.body(), () -> HttpOrders.deployed(answer.body()))
                    : calls.failed(host, answer);
        });
    }

    @Override
    public Future<Stopped> stop(Host host, String pipelineId) {
        var call = new HttpCalls.Call(host, HttpMethod.DELETE, path(pipelineId, ""), null, ORDER_DEADLINE);
        return calls.send(call)
                .compose(answer ->
                        answer.isSuccess() ? Future.succeededFuture(new Stopped(true)) : calls.failed(host, answer));
    }

    @Override
    public Future<Listed> list(Host host) {
        var call = new HttpCalls.Call(host, HttpMethod.GET, PIPELINES, null, ORDER_DEADLINE);
        return calls.send(call)
                .compose(answer -> answer.isSuccess()
                        ? read(host, answer.body(), () -> HttpOrders.listed(answer.body()))
                        : calls.failed(host, answer));
    }

    /** A worker of another make ignores that it shall hold still, or has no checkpoints at all. */
    @Override
    public Future<Held> hold(Host host, Hold order) {
        var deadline = ORDER_DEADLINE.plusMillis(order.waitMillis());
        var call = new HttpCalls.Call(
                host, HttpMethod.POST, path(order.pipelineId(), "/checkpoint"), HttpMoves.hold(order), deadline);
        return calls.send(call)
                .compose(answer -> answer.isSuccess()
                        ? read(host, answer.body(), () -> HttpMoves.held(answer.body()))
                        : orUnknown(host, answer, new Held(null)));
    }

    @Override
    public Future<Released> release(Host host, Release order) {
        var call = new HttpCalls.Call(
                host, HttpMethod.POST, path(order.pipelineId(), "/release"), HttpMoves.release(order), ORDER_DEADLINE);
        return calls.send(call)
                .compose(answer -> answer.isSuccess()
                        ? Future.succeededFuture(new Released(true))
                        : orUnknown(host, answer, new Released(false)));
    }

    @Override
    public Future<Restored> restore(Host host, Restore order) {
        var call = new HttpCalls.Call(
                host, HttpMethod.POST, path(order.pipelineId(), "/restore"), HttpMoves.restore(order), ORDER_DEADLINE);
        return calls.send(call)
                .compose(answer -> answer.isSuccess()
                        ? Future.succeededFuture(new Restored(true))
                        : orUnknown(host, answer, new Restored(false)));
    }

    private <T> Future<T> orUnknown(Host host, HttpCalls.Answer answer, T without) {
        boolean unknown = answer.status() == 404 || answer.status() == 405;
        return unknown ? Future.succeededFuture(without) : calls.failed(host, answer);
    }

    @Override
    public Future<Delivered> deliver(Host host, Delivery delivery, Duration deadline) {
        var events = delivery.events();
        boolean single = events.size() == 1;
        var path = path(delivery.pipelineId(), single ? "/events" : "/events-batch");
        var body = single ? HttpOrders.event(events.get(0)) : HttpOrders.batch(events);
        return calls.send(new HttpCalls.Call(host, HttpMethod.POST, path, body, deadline))
                .compose(answer -> answer.isSuccess()
                        ? read(host, answer.body(), () -> HttpOrders.delivered(answer.body(), events.size()))
                        : calls.failed(host, answer));
    }

    private static String path(String pipelineId, String rest) {
        return PIPELINES + "/" + URLEncoder.encode(pipelineId, StandardCharsets.UTF_8) + rest;
    }

    private <T> Future<T> read(Host host, Buffer body, Callable<T> reader) {
        var read = body.length() > INLINE_BYTES_MAX
                ? vertx.executeBlocking(reader, false)
                : Future.succeededFuture().map(ready -> called(reader));
        return read.recover(unreadable -> Future.failedFuture(Problem.timeout("worker " + host.workerId()
                + " answered with something unreadable (" + unreadable.getMessage()
                + "); the request may have been carried out")));
    }

    private static <T> T called(Callable<T> reader) {
        try {
            return reader.call();
        } catch (Exception unreadable) {
            throw new IllegalArgumentException(unreadable.getMessage(), unreadable);
        }
    }
}
