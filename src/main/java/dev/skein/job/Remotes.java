package dev.skein.job;

import dev.skein.bus.Endpoint;
import dev.skein.pipeline.Workers.Caller;
import java.util.List;
import java.util.TreeSet;

/** Workers that are no members of the cluster and are reached over HTTP. All served by the leading coordinator. */
public final class Remotes {
    /**
     * Where one is and what it does.
     *
     * @param host a name or an address; IPv6 without brackets
     * @param capabilities types of jobs it does; {@code general} goes without saying
     */
    public record Spec(String host, int port, List<String> capabilities) {
        public Spec {
            host = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
            capabilities = List.copyOf(new TreeSet<>(capabilities));
        }

        /** {@code host:port}, an IPv6 host in brackets. */
        public String id() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    public record Add(Spec spec, Caller caller) {}

    /** @param existing whether it was known and has been changed */
    public record Added(View worker, boolean existing) {}

    public record Remove(String id, Caller caller) {}

    /** @param requeued how many of its jobs were given back */
    public record Removed(String id, int requeued) {}

    public record ListAll() {}

    /**
     * One of them.
     *
     * @param status {@code healthy}, {@code degraded}, {@code draining}, {@code unhealthy}, {@code unreachable} or
     *     {@code unknown} before it was asked
     * @param usedBytes 0 when it does not say
     * @param totalBytes 0 when it does not say
     */
    public record View(
            Spec spec,
            String status,
            String reason,
            long usedBytes,
            long totalBytes,
            int running,
            int slots,
            long silentMillis) {}

    public record Listed(List<View> workers) {
        public Listed {
            workers = List.copyOf(workers);
        }
    }

    /**
     * It must answer as a worker does before it is added. Fails with 400 {@code invalid_request}, 403 {@code
     * address_refused}, 502 {@code worker_unreachable}.
     */
    public static final Endpoint<Add, Added> ADD = new Endpoint<>("remote.add.v1", Add.class, Added.class);

    /** Fails with 404 {@code worker_not_found}. */
    public static final Endpoint<Remove, Removed> REMOVE =
            new Endpoint<>("remote.remove.v1", Remove.class, Removed.class);

    public static final Endpoint<ListAll, Listed> LIST = new Endpoint<>("remote.list.v1", ListAll.class, Listed.class);

    /** How the log of a job begins that such a worker does. */
    public static String place(String worker) {
        return "done by " + worker + " over HTTP, where its own log stays\n";
    }

    private Remotes() {}
}
