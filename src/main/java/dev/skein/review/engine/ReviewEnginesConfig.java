package dev.skein.review.engine;

import dev.skein.config.Settings;
import dev.skein.review.engine.model.ModelConfig;
import dev.skein.review.engine.model.wire.EndpointConfig;
import dev.skein.review.engine.pmd.PmdConfig;
import dev.skein.review.engine.transcript.TranscriptConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The engines of a node and what a review takes unless it says otherwise. Built once at start.
 *
 * @param engine of reviews that name none ({@code review.engine}, default {@code pmd})
 * @param persona of reviews that name none ({@code review.persona}, default {@code strict-reviewer})
 * @param offers what workers of this node say they can reach: {@code ollama} where its servers are named
 *     ({@code review.ollama.urls}) or it is the engine of this node
 * @param personaDir folder with personas beside the shipped ones; null: none ({@code review.persona-dir}, default none)
 */
public record ReviewEnginesConfig(
        String engine,
        String persona,
        List<String> offers,
        @Nullable Path personaDir,
        PmdConfig pmd,
        ModelConfig model,
        EndpointConfig ollama,
        EndpointConfig openAi,
        TranscriptConfig transcript) {
    /** An engine that a worker must say it can reach. */
    public static final String OLLAMA = "ollama";

    public static final Set<String> ENGINES = Set.of("pmd", OLLAMA, "openai");
    public static final ReviewEnginesConfig DEFAULTS = new ReviewEnginesConfig(
            "pmd",
            "strict-reviewer",
            List.of(),
            null,
            PmdConfig.DEFAULTS,
            ModelConfig.DEFAULTS,
            EndpointConfig.OLLAMA,
            EndpointConfig.OPENAI,
            TranscriptConfig.DEFAULTS);

    public static ReviewEnginesConfig from(Settings settings) {
        var folder = settings.optional("review.persona-dir");
        var engine = settings.choice("review.engine", DEFAULTS.engine, ENGINES);
        boolean isReached = engine.equals(OLLAMA) || settings.optional("review.ollama.urls") != null;
        return new ReviewEnginesConfig(
                engine,
                settings.text("review.persona", DEFAULTS.persona),
                isReached ? List.of(OLLAMA) : List.of(),
                folder == null || folder.isBlank() ? null : Path.of(folder),
                PmdConfig.from(settings),
                ModelConfig.from(settings),
                EndpointConfig.from(settings, "review.ollama", EndpointConfig.OLLAMA),
                EndpointConfig.from(settings, "review.openai", EndpointConfig.OPENAI),
                TranscriptConfig.from(settings));
    }
}
