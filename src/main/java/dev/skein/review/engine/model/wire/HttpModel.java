package dev.skein.review.engine.model.wire;

import dev.skein.kernel.Nearest;
import dev.skein.kernel.Problem;
import dev.skein.review.engine.model.Model;
import dev.skein.review.engine.model.ModelProblem;
import dev.skein.review.engine.transcript.Transcript;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A model behind one or more HTTP servers. */
public final class HttpModel implements Model {
    private static final Duration WAIT_MAX = Duration.ofSeconds(15);
    private static final Duration LIST_WITHIN = Duration.ofSeconds(10);
    private static final int TYPING_ERRORS_MAX = 8;
    private static final int GROWTH = 4;

    private final Vertx vertx;
    private final EndpointConfig config;
    private final Dialect dialect;
    private final Transcript transcript;
    private final InstantSource clock;
    private final Hosts hosts;
    private final HttpClient client;

    private HttpModel(Surroundings around, EndpointConfig config, Dialect dialect) {
        this.vertx = around.vertx;
        this.transcript = around.transcript;
        this.clock = around.clock;
        this.config = config;
        this.dialect = dialect;
        hosts = new Hosts(config.urls(), config.perHost(), clock);
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) config.patience().connect().toMillis()),
                new PoolOptions().setHttp1MaxSize(config.perHost() + 1));
    }

    /** What every model of a node shares; the clock is a steady one. */
    public record Surroundings(Vertx vertx, Transcript transcript, InstantSource clock) {}

    public static HttpModel ollama(Surroundings around, EndpointConfig config) {
        return new HttpModel(around, config, new Ollama(config));
    }

    public static HttpModel openAi(Surroundings around, EndpointConfig config) {
        return new HttpModel(around, config, new OpenAi(config));
    }

    @Override
    public String name() {
        return config.model();
    }

    @Override
    public Future<Reply> ask(Question question) {
        if (config.urls().isEmpty()) {
            return Future.failedFuture(ModelProblem.refused("no server of a model is configured"));
        }
        return attempt(question, 1, clock.instant().plus(config.patience().total()));
    }

    private Future<Reply> attempt(Question question, int number, Instant until) {
        return hosts.place(question.stopped())
                .compose(place -> exchange(question, place, until))
                .recover(cause -> again(question, number, until, ModelProblem.of(cause)));
    }

    private Future<Reply> again(Question question, int number, Instant until, Problem problem) {
        var wait = backOff(number);
        boolean isWorth = ModelProblem.mayPass(problem)
                && number < config.patience().attemptsMax()
                && clock.instant().plus(wait).isBefore(until);
        if (!isWorth) {
            return Future.failedFuture(problem);
        }
        Promise<Void> waited = Promise.promise();
        vertx.setTimer(Math.max(1, wait.toMillis()), over -> waited.tryComplete());
        question.stopped().onSuccess(why -> waited.tryFail(ModelProblem.stopped(why)));
        return waited.future().compose(over -> attempt(question, number + 1, until));
    }

    /** Somewhere between half of the wait and one and a half, so that many that failed together do not return so. */
    private Duration backOff(int number) {
        double wait = config.patience().retryWait().toMillis() * Math.pow(GROWTH, number - 1.0);
        double jitter = ThreadLocalRandom.current().nextDouble(0.5, 1.5);
        return Duration.ofMillis((long) Math.min(WAIT_MAX.toMillis(), wait * jitter));
    }

    private Future<Reply> exchange(Question question, Hosts.Place place, Instant until) {
        var began = clock.instant();
        var reading = dialect.reading(question);
        var exchange = new Exchange(vertx, config.patience(), config.answerBytesMax(), reading::line);
        var options = options(place.url() + dialect.path()).setMethod(HttpMethod.POST);
        options.putHeader("Content-Type", "application/json");
        var run = exchange.run(client, options, dialect.body(question), Duration.between(began, until));
        question.stopped().onSuccess(exchange::stop);
        return run.map(done -> reading.end())
                .recover(cause -> Future.failedFuture(at(place.url(), ModelProblem.of(cause))))
                .onComplete(end -> {
                    place.release(end.succeeded() ? null : ModelProblem.of(end.cause()));
                    var took = Duration.between(began, clock.instant());
                    transcript.note(entry(question, place.url(), took, end));
                });
    }

    private Transcript.Entry entry(Question question, String url, Duration took, AsyncResult<Reply> end) {
        var talk = question.talk().stream()
                .map(turn -> new Transcript.Said(turn.role(), turn.text()))
                .toList();
        var answer = end.succeeded() ? end.result().text() : "";
        var problem = end.succeeded() ? "" : ModelProblem.of(end.cause()).sentence();
        return new Transcript.Entry(url, config.model(), talk, answer, problem, took);
    }

    private static Problem at(String url, Problem problem) {
        return new Problem(problem.kind(), problem.code(), url + ": " + problem.sentence(), problem.details());
    }

    private RequestOptions options(String url) {
        var options = new RequestOptions().setAbsoluteURI(url).setFollowRedirects(false);
        var key = config.key();
        return key == null ? options : options.putHeader("Authorization", "Bearer " + key.reveal());
    }

    /** One server that has the model is enough. */
    @Override
    public Future<Void> check() {
        if (config.urls().isEmpty() || config.model().isEmpty()) {
            return Future.failedFuture(Problem.invalid("no server or no model is configured for reviews"));
        }
        Future<Void> found = Future.failedFuture(ModelProblem.gone("not looked at"));
        for (var url : config.urls()) {
            found = found.recover(before -> listed(url));
        }
        return found;
    }

    private Future<Void> listed(String url) {
        var text = new StringBuilder();
        var exchange = new Exchange(vertx, config.patience(), config.answerBytesMax(), text::append);
        return exchange.run(client, options(url + dialect.listPath()), new byte[0], LIST_WITHIN)
                .map(done -> dialect.models(Json.line(text.toString())))
                .compose(models -> models.contains(config.model()) || models.contains(config.model() + ":latest")
                        ? Future.<Void>succeededFuture()
                        : Future.failedFuture(ModelProblem.missing(missing(models))))
                .recover(cause -> Future.failedFuture(at(url, ModelProblem.of(cause))));
    }

    private String missing(List<String> models) {
        var near = Nearest.to(config.model(), models, TYPING_ERRORS_MAX).map(name -> "; did you mean " + name + "?");
        return "there is no model " + config.model() + near.orElse(", there are " + models);
    }

    /** Requests under way; for tests and gauges. */
    int running() {
        return hosts.running();
    }

    @Override
    public void close() {
        client.close();
    }
}
