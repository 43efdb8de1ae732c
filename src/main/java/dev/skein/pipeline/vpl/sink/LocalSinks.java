package dev.skein.pipeline.vpl.sink;

import dev.skein.pipeline.event.Event;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sinks {@code console} and {@code log}, one line of flat JSON per event; any other type is left to {@code
 * others}.
 */
public final class LocalSinks implements Sinks {
    private static final Logger LOG = LoggerFactory.getLogger("dev.skein.pipeline.sink");

    private final Consumer<String> console;
    private final Sinks others;

    /** @param console takes one line without its end; called from several lanes */
    public LocalSinks(Consumer<String> console, Sinks others) {
        this.console = console;
        this.others = others;
    }

    @Override
    public Sink open(SinkTarget target) {
        if ("console".equals(target.type())) {
            return event -> console.accept(FlatJson.text(event));
        }
        if ("log".equals(target.type())) {
            return event -> log(target.connector(), event);
        }
        return others.open(target);
    }

    private static void log(String connector, Event event) {
        if (LOG.isInfoEnabled()) {
            LOG.info("{} {}", connector, FlatJson.text(event));
        }
    }
}
