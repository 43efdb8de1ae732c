package dev.skein.job.http;

import dev.skein.connector.net.AllowList;
import dev.skein.connector.net.Outgoing;
import dev.skein.job.run.JobCall;
import dev.skein.job.run.JobHandler;
import dev.skein.job.run.JobResult;
import dev.skein.job.run.JobSurroundings;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls a listed host once; an answer of another kind than success is a failure, and retried where that may help. */
public final class HttpHandler implements JobHandler {
    private static final Duration ANSWER_MAX = Duration.ofMinutes(5);
    private static final int CONNECT_MILLIS = 5_000;
    private static final int BODY_BYTES_MAX = 1 << 20;
    private static final Set<Integer> MAY_PASS = Set.of(408, 425, 429);
    private static final String ANY = "*";
    private static final String SETTING = "jobs.http-allow";

    private List<String> hosts = List.of(); // set once by open, as are the next two
    private @Nullable Outgoing outgoing;
    private @Nullable HttpClient client;

    @Override
    public String type() {
        return "http";
    }

    @Override
    public void open(JobSurroundings around) {
        hosts = Stream.of(around.settings().getOrDefault("http-allow", "").split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .toList();
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException(SETTING + " lists no host");
        }
        outgoing = new Outgoing(
                around.vertx(),
                new AllowList(hosts.stream().filter(host -> !host.equals(ANY)).toList(), SETTING));
        client = around.vertx().createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS));
    }

    @Override
    public Future<JobResult> run(JobCall call) {
        var payload = HttpPayload.of(call.payload());
        if (!isListed(payload)) {
            return Future.succeededFuture(
                    JobResult.failed("host_refused", payload.host() + " is not in " + SETTING, false));
        }
        Promise<JobResult> result = Promise.promise();
        call.stopped().onSuccess(reason -> result.tryComplete(JobResult.failed("stopped", reason, true)));
        Objects.requireNonNull(outgoing)
                .address(payload.host(), payload.port())
                .compose(address -> Objects.requireNonNull(client).request(options(payload, call, address)))
                .compose(request -> {
                    call.stopped().onSuccess(reason -> request.reset());
                    var body = payload.body();
                    return request.send(body == null ? Buffer.buffer() : Buffer.buffer(body));
                })
                .compose(HttpHandler::answered)
                .recover(cause -> Future.succeededFuture(unanswered(cause)))
                .onSuccess(result::tryComplete);
        return result.future();
    }

    /** By name, or as the address it is; whether a special address may be called is decided once it is resolved. */
    private boolean isListed(HttpPayload payload) {
        var host = payload.host().toLowerCase(Locale.ROOT);
        return hosts.contains(ANY)
                || hosts.contains(host)
                || hosts.contains(host + ":" + payload.port())
                || isSpecial(host, payload.port());
    }

    private static boolean isSpecial(String host, int port) {
        try {
            return (host.contains(":") || host.matches("[0-9.]+"))
                    && new AllowList(List.of()).refusal(host, InetAddress.getByName(host), port) != null;
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    private static RequestOptions options(HttpPayload payload, JobCall call, InetSocketAddress to) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(payload.verb()))
                .setServer(SocketAddress.inetSocketAddress(
                        to.getPort(), to.getAddress().getHostAddress()))
                .setHost(payload.host())
                .setPort(payload.port())
                .setSsl(payload.isTls())
                .setURI(payload.path())
                .setFollowRedirects(false)
                .setTimeout(ANSWER_MAX.toMillis())
                .putHeader("x-skein-job", call.jobId())
                .putHeader("x-skein-attempt", Integer.toString(call.attempt()));
        payload.extraHeaders().forEach(options::putHeader);
        return options;
    }

    private static Future<JobResult> answered(HttpClientResponse response) {
        var body = Buffer.buffer();
        Promise<JobResult> result = Promise.promise();
        response.handler(part -> {
            body.appendBuffer(part);
            if (body.length() > BODY_BYTES_MAX) {
                result.tryComplete(JobResult.failed(
                        "result_too_large", "the answer has more than " + BODY_BYTES_MAX + " bytes", false));
                response.request().reset();
            }
        });
        response.end()
                .onSuccess(done -> result.tryComplete(result(response, body)))
                .onFailure(cause -> result.tryComplete(unanswered(cause)));
        return result.future();
    }

    private static JobResult result(HttpClientResponse response, Buffer body) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            var headers = new TreeMap<String, String>();
            response.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
            return JobResult.succeeded(HttpPayload.result(status, headers, body.toString()));
        }
        if (status >= 300 && status < 400) {
            return JobResult.failed("redirect_refused", "HTTP %d: redirects are not followed".formatted(status), false);
        }
        return JobResult.failed("http_status", "HTTP " + status, status >= 500 || MAY_PASS.contains(status));
    }

    private static JobResult unanswered(Throwable cause) {
        var problem = Problem.in(cause);
        if (problem != null && problem.kind() == Problem.Kind.FORBIDDEN) {
            return JobResult.failed("address_refused", problem.sentence(), false);
        }
        return JobResult.failed("no_answer", String.valueOf(cause.getMessage()), true);
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
