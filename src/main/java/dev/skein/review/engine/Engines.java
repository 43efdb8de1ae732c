package dev.skein.review.engine;

import dev.skein.kernel.Problem;
import dev.skein.review.Engine;
import dev.skein.review.engine.model.Budget;
import dev.skein.review.engine.model.ModelEngine;
import dev.skein.review.engine.model.wire.EndpointConfig;
import dev.skein.review.engine.model.wire.HttpModel;
import dev.skein.review.engine.model.wire.HttpModel.Surroundings;
import dev.skein.review.engine.pmd.PmdEngine;
import dev.skein.review.engine.transcript.Transcript;
import dev.skein.review.engine.transcript.TranscriptFile;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** The engines of one node by name. Thread-safe; nothing is read or connected before an engine is used. */
public final class Engines implements AutoCloseable {
    private final Map<String, Engine> byName = new TreeMap<>();
    private final Transcript transcript;

    /**
     * All engines there are.
     *
     * @param wall tells the time of day, for the transcript
     * @param steady tells how long something takes
     * @throws Problem when the transcript cannot be written
     */
    public Engines(Vertx vertx, ReviewEnginesConfig config, InstantSource wall, InstantSource steady) {
        transcript = TranscriptFile.open(config.transcript(), wall);
        var around = new Surroundings(vertx, transcript, steady);
        add(new PmdEngine(config.pmd()));
        add(new ModelEngine(
                "ollama", HttpModel.ollama(around, config.ollama()), config.model(), budget(config.ollama())));
        add(new ModelEngine(
                "openai", HttpModel.openAi(around, config.openAi()), config.model(), budget(config.openAi())));
    }

    private static Budget budget(EndpointConfig config) {
        return new Budget(config.contextTokens(), config.answerTokens());
    }

    private void add(Engine engine) {
        byName.put(engine.name(), engine);
    }

    /**
     * The engine of this name.
     *
     * @throws Problem when there is none, naming all
     */
    public Engine named(String name) {
        var engine = byName.get(name);
        if (engine == null) {
            throw Problem.invalid("engine must be one of " + String.join(", ", byName.keySet()) + ", got " + name);
        }
        return engine;
    }

    @Override
    public void close() {
        byName.values().forEach(Engine::close);
        transcript.close();
    }
}
