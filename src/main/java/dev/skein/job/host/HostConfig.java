package dev.skein.job.host;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a node does jobs.
 *
 * @param slots jobs at once ({@code jobs.slots}, default 3)
 * @param capabilities offered besides the types of the handlers ({@code jobs.capabilities}, default none)
 * @param logBytes kept of one attempt's log ({@code jobs.log-bytes}, default 1MiB)
 * @param logsKept of attempts that have ended ({@code jobs.logs-kept}, default 64)
 * @param user as whom commands and MCP servers run where the node is root ({@code jobs.user}, default the node's own
 *     without its privileges)
 * @param abandonAfter how long a handler may go on after it was stopped by force ({@code jobs.abandon-after}, default
 *     5s)
 * @param finishWithin how long jobs may go on after the node was told to stop ({@code jobs.finish-within}, default 2s)
 * @param warm how many processes wait for a job that needs one ({@code jobs.warm}, default 1)
 * @param idle after which a waiting process ends ({@code jobs.idle}, default 5m)
 * @param classPath of {@code heavy-compute} jobs, jars and folders with colons between ({@code jobs.class-path})
 * @param httpAllow hosts that {@code http} jobs may call, and special addresses as in {@code connector.allow};
 *     {@code *} for every public host ({@code jobs.http-allow}, default none, and then no such jobs are done)
 * @param types of the jobs that it takes, whatever its roles do; empty: what its roles do ({@code jobs.types}, default
 *     empty)
 * @param jobsMax jobs that it takes before it ends by itself; 0: it never does ({@code jobs.max}, default 0)
 * @param ofTypes what handlers of single types are configured with ({@code jobs.TYPE.REST}), by {@code TYPE.REST}
 */
public record HostConfig(
        int slots,
        List<String> capabilities,
        int logBytes,
        int logsKept,
        @Nullable String user,
        Duration abandonAfter,
        Duration finishWithin,
        int warm,
        Duration idle,
        String classPath,
        List<String> httpAllow,
        List<String> types,
        int jobsMax,
        Map<String, String> ofTypes) {
    private static final Duration ABANDON = Duration.ofSeconds(5);
    private static final Duration FINISH = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMinutes(5);
    public static final HostConfig DEFAULTS = new HostConfig(
            3, List.of(), 1 << 20, 64, null, ABANDON, FINISH, 1, IDLE, "", List.of(), List.of(), 0, Map.of());
    /** Types of jobs that somebody else's server does, which must be configured. */
    private static final Set<String> SERVED_BY_OTHERS = Set.of("mcp", "context7", "cipher");

    private static final String REVIEW = "review"; // its handler is made by the node, and found by nobody

    private static final int SLOTS_MAX = 10_000;
    private static final int JOBS_LIMIT = 1_000_000_000;
    private static final int LOG_MAX = 256 << 20;

    public HostConfig {
        capabilities = List.copyOf(capabilities);
        httpAllow = List.copyOf(httpAllow);
        types = List.copyOf(types);
        ofTypes = Map.copyOf(ofTypes);
        Check.between("jobs.slots", slots, 1, SLOTS_MAX);
        Check.between("jobs.max", jobsMax, 0, JOBS_LIMIT);
        types.forEach(HostConfig::requireKnown);
        Check.positive("jobs.abandon-after", abandonAfter);
        Check.positive("jobs.finish-within", finishWithin);
        Check.positive("jobs.idle", idle);
    }

    private static void requireKnown(String type) {
        var known = new TreeSet<>(Set.of(REVIEW));
        Handlers.found(any -> true).forEach(handler -> known.add(handler.type()));
        if (!known.contains(type)) {
            throw new IllegalArgumentException(
                    "jobs.types must be among %s, got %s".formatted(String.join(", ", known), type));
        }
    }

    /** The same with more capabilities. */
    public HostConfig offering(List<String> more) {
        var all = new TreeSet<>(capabilities);
        all.addAll(more);
        return new HostConfig(
                slots,
                List.copyOf(all),
                logBytes,
                logsKept,
                user,
                abandonAfter,
                finishWithin,
                warm,
                idle,
                classPath,
                httpAllow,
                types,
                jobsMax,
                ofTypes);
    }

    /** What handlers are given, by the rest of the key. */
    public Map<String, String> forHandler(String type) {
        var all = new TreeMap<String, String>();
        var prefix = type + ".";
        ofTypes.forEach((key, text) -> {
            if (key.startsWith(prefix)) {
                all.put(key.substring(prefix.length()), text);
            }
        });
        all.put("http-allow", String.join(",", httpAllow));
        all.put("class-path", classPath);
        all.put("warm", String.valueOf(warm));
        all.put("idle", String.valueOf(idle.toMillis()));
        if (user != null) {
            all.put("user", user);
        }
        return all;
    }

    /**
     * Which types of jobs a node does: those that are named, or else those that its roles do.
     *
     * @param isLight whether it does what harms nobody
     * @param isHeavy whether it does what may exhaust memory
     */
    public Predicate<String> wants(boolean isLight, boolean isHeavy) {
        return type -> {
            boolean isConfigured = !SERVED_BY_OTHERS.contains(type) || configures(type);
            return isConfigured && (types.isEmpty() ? isOf(type, isLight, isHeavy) : types.contains(type));
        };
    }

    private static boolean isOf(String type, boolean isLight, boolean isHeavy) {
        return type.startsWith("heavy-") ? isHeavy : isLight || (type.equals("exec") && isHeavy);
    }

    /** Whether anything was said about that type. */
    public boolean configures(String type) {
        return ofTypes.keySet().stream().anyMatch(key -> key.startsWith(type + "."));
    }

    public static HostConfig from(Settings settings) {
        return settings.build(
                DEFAULTS,
                () -> new HostConfig(
                        settings.integer("jobs.slots", DEFAULTS.slots, 1, SLOTS_MAX),
                        settings.list("jobs.capabilities", DEFAULTS.capabilities),
                        (int) settings.bytes("jobs.log-bytes", DEFAULTS.logBytes, 1024, LOG_MAX),
                        settings.integer("jobs.logs-kept", DEFAULTS.logsKept, 0, SLOTS_MAX),
                        settings.optional("jobs.user"),
                        settings.duration("jobs.abandon-after", DEFAULTS.abandonAfter),
                        settings.duration("jobs.finish-within", DEFAULTS.finishWithin),
                        settings.integer("jobs.warm", DEFAULTS.warm, 0, 100),
                        settings.duration("jobs.idle", DEFAULTS.idle),
                        settings.text("jobs.class-path", DEFAULTS.classPath),
                        settings.list("jobs.http-allow", DEFAULTS.httpAllow),
                        settings.list("jobs.types", DEFAULTS.types),
                        settings.integer("jobs.max", DEFAULTS.jobsMax, 0, JOBS_LIMIT),
                        settings.below("jobs.")));
    }
}
