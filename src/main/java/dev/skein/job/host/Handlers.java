package dev.skein.job.host;

import dev.skein.job.run.JobHandler;
import dev.skein.job.run.JobSurroundings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handlers of this node by type. One that cannot be opened is left out, and that is said. */
public final class Handlers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Handlers.class);

    private final Map<String, JobHandler> byType = new TreeMap<>();

    /** Those that are given and can be opened; they may block meanwhile. */
    public Handlers(List<JobHandler> all, Function<String, JobSurroundings> surroundings) {
        for (var handler : all) {
            try {
                handler.open(surroundings.apply(handler.type()));
                byType.put(handler.type(), handler);
            } catch (RuntimeException failed) {
                log.warn("jobs of type {} are not done here: {}", handler.type(), failed.getMessage());
            }
        }
    }

    /** Those on the class path whose type is wanted. */
    public static List<JobHandler> found(Predicate<String> wanted) {
        var all = new ArrayList<JobHandler>();
        ServiceLoader.load(JobHandler.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(handler -> wanted.test(handler.type()))
                .forEach(all::add);
        return all;
    }

    /** Each shows how it is, from now on. */
    public void count(MeterRegistry metrics) {
        byType.values().forEach(handler -> handler.count(metrics));
    }

    public List<String> types() {
        return List.copyOf(byType.keySet());
    }

    @Nullable
    JobHandler of(String type) {
        return byType.get(type);
    }

    @Override
    public void close() {
        byType.values().forEach(handler -> {
            try {
                handler.close();
            } catch (Exception failed) {
                log.warn("handler of {} could not be closed: {}", handler.type(), failed.getMessage());
            }
        });
    }
}
