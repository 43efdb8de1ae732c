package dev.skein.http;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What others add to the edge: the dashboard's pages and the live feed.
 *
 * <p>Routes come behind the gate, so for a path of the contract the caller is authenticated and allowed
 * ({@link dev.skein.http.guard.Gate#PRINCIPAL}) and the body is read. Other paths, such as pages, are open.
 *
 * @param options last changes to the server's options
 * @param routes called once for each event loop
 */
public record Mounts(UnaryOperator<HttpServerOptions> options, List<Consumer<Router>> routes) {
    public static final Mounts NONE = new Mounts(options -> options, List.of());

    public Mounts {
        routes = List.copyOf(routes);
    }
}
