package dev.skein.bench.process;

import dev.skein.auth.Algorithm;
import dev.skein.auth.ApiKeys;
import dev.skein.auth.Authenticator;
import dev.skein.auth.Authenticator.Known;
import dev.skein.auth.Authenticator.Shown;
import dev.skein.auth.Authenticator.Unverified;
import dev.skein.auth.Authenticator.Verdict;
import dev.skein.auth.Tokens;
import dev.skein.http.HttpConfig;
import dev.skein.kernel.SteadyClock;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What {@link HttpBench} compares with: an empty vertx-web POST handler behind the product's own check of tokens,
 * on as many event loops.
 */
final class BareServer extends VerticleBase {
    private static final int LOOPS = HttpConfig.DEFAULTS.limits().loops();

    private final int port;
    private final Authenticator authenticator;

    private BareServer(int port, Authenticator authenticator) {
        this.port = port;
        this.authenticator = authenticator;
    }

    /** Serves on the port with the keys of the data directory until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        var tokens = Tokens.open(Path.of(arguments[1]), Algorithm.EDDSA, SteadyClock.system());
        var authenticator = new Authenticator(new ApiKeys(), List.of(), tokens);
        int port = Integer.parseInt(arguments[0]);
        Vertx.vertx()
                .deployVerticle(() -> new BareServer(port, authenticator), new DeploymentOptions().setInstances(LOOPS))
                .await(30, TimeUnit.SECONDS);
        while (System.in.read() >= 0) {
            // nobody writes to it
        }
        System.exit(0);
    }

    @Override
    public Future<?> start() {
        var router = Router.router(vertx);
        router.route().handler(this::admit); // a route of its own: the body handler must be first on its route
        router.post("/").handler(BodyHandler.create(false)).handler(RoutingContext::end);
        return vertx.createHttpServer().requestHandler(router).listen(port, "127.0.0.1");
    }

    private void admit(RoutingContext context) {
        var shown = context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        var verdict = authenticator.check(new Shown(null, shown, false));
        if (verdict instanceof Unverified unseen) {
            context.request().pause();
            vertx.executeBlocking(() -> authenticator.verify(unseen.token())).onSuccess(known -> {
                context.request().resume();
                decide(context, known);
            });
        } else {
            decide(context, verdict);
        }
    }

    private static void decide(RoutingContext context, Verdict verdict) {
        if (verdict instanceof Known) {
            context.next();
        } else {
            context.fail(401);
        }
    }
}
