package dev.skein.http;

import dev.skein.auth.Authenticator;
import dev.skein.bus.Bus;
import dev.skein.http.api.Operations;
import dev.skein.http.contract.Contract;
import dev.skein.http.contract.Operation;
import dev.skein.http.contract.Paths;
import dev.skein.http.exchange.Handler;
import dev.skein.http.guard.Admission;
import dev.skein.http.guard.Clients;
import dev.skein.http.guard.Connections;
import dev.skein.http.guard.Limits;
import dev.skein.http.guard.Trail;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.link.HostLink;
import dev.skein.tls.TlsFiles;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side of one node: what its event loops share, and the way to open and close it. Thread-safe. */
public final class Edge {
    private static final Logger log = LoggerFactory.getLogger(Edge.class);
    private static final int ANY_PORT_FOR_ALL_LOOPS = -1;

    private final Bus bus;
    private final HttpConfig config;
    private final Authenticator authenticator;
    private final NodeFacts facts;
    private final HostLink hosts;
    private final Mounts mounts;
    private final AtomicInteger actualPort = new AtomicInteger();
    private volatile @Nullable TlsFiles tls;

    /**
     * An edge that is not open yet.
     *
     * @param hosts how the worker of this node is driven
     * @param mounts pages and feeds of other parts
     */
    public Edge(
            Bus bus, HttpConfig config, Authenticator authenticator, NodeFacts facts, HostLink hosts, Mounts mounts) {
        this.bus = bus;
        this.config = config;
        this.authenticator = authenticator;
        this.facts = facts;
        this.hosts = hosts;
        this.mounts = mounts;
    }

    /** What the verticles of one edge share. */
    record Shared(
            HttpConfig config,
            NodeFacts facts,
            Paths paths,
            Map<String, Handler> handlers,
            Admission admission,
            Limits rates,
            Trail trail,
            @Nullable TlsFiles tls,
            AtomicLong bodyBytes,
            Connections connections,
            Mounts mounts) {}

    /**
     * Listens.
     *
     * @return this; fails with a {@link Problem} that names the port when it cannot be had
     */
    public Future<Edge> open(Vertx vertx) {
        warn();
        int port = config.port() == 0 ? ANY_PORT_FOR_ALL_LOOPS : config.port();
        var options = new DeploymentOptions().setInstances(config.limits().loops());
        return vertx.executeBlocking(() -> shared(vertx)) // reading the contract takes long on a cold machine
                .compose(shared -> vertx.deployVerticle(() -> new HttpVerticle(shared, port, actualPort), options))
                .map(this)
                .recover(cause -> Future.failedFuture(refused(cause)))
                .onSuccess(open ->
                        log.info("{} on {}:{}", config.tls().isOn() ? "HTTPS" : "HTTP", config.host(), actualPort()));
    }

    /** The port in use, also when any was asked for. */
    public int actualPort() {
        return actualPort.get();
    }

    /** Stops watching the certificate; the verticles go with their Vert.x. */
    public void close() {
        var opened = tls;
        if (opened != null) {
            opened.close();
        }
    }

    private Shared shared(Vertx vertx) {
        var contract = Contract.load();
        boolean isLoopback = Clients.isLoopback(config.host());
        var around = new Operations.Surroundings(bus, facts, hosts, authenticator, isLoopback);
        boolean isPlainWorker = facts.has("worker") && !facts.offersCluster();
        var rates = new Limits(config.rates(), facts.steady());
        var trail = new Trail(facts.audit());
        var opened = config.tls().isOn() ? TlsFiles.open(config.tls(), "http", facts.audit()) : null;
        tls = opened;
        return new Shared(
                config,
                facts,
                new Paths(offered(contract)),
                Operations.handlers(vertx, contract, around),
                new Admission(vertx, authenticator, isPlainWorker, new Admission.Watched(rates, trail)),
                rates,
                trail,
                opened,
                new AtomicLong(),
                new Connections(
                        config.limits().connectionsMax(), config.limits().head()),
                mounts);
    }

    private List<Operation> offered(Contract contract) {
        return contract.operations().stream()
                .filter(operation -> switch (operation.family()) {
                    case CLUSTER -> facts.offersCluster();
                    case WORKER -> facts.has("worker");
                    case NODE, LIVE -> true;
                })
                .toList();
    }

    private void warn() {
        if (authenticator.isOpenToLoopback()) {
            log.warn("no API key is configured: every program on this machine is an admin here; set http.api-key");
        }
        if (!Clients.isLoopback(config.host()) && !config.tls().isOn()) {
            log.warn("{} can be reached from other machines, without encryption", config.host());
        }
    }

    private Throwable refused(Throwable cause) {
        for (var c = cause; c != null; c = c.getCause()) {
            if (c instanceof BindException) {
                return new Problem(
                        Kind.CONFLICT,
                        "cannot listen on %s port %d (%s); free it or choose another with http.port"
                                .formatted(config.host(), config.port(), c.getMessage()));
            }
        }
        return cause;
    }
}
