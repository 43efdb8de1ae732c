package dev.skein.review.engine;

import dev.skein.config.Settings;
import dev.skein.review.engine.model.ModelConfig;
import dev.skein.review.engine.model.wire.EndpointConfig;
import dev.skein.review.engine.pmd.PmdConfig;
import dev.skein.review.engine.transcript.TranscriptConfig;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The engines of a node and what a review takes unless it says otherwise. Built once at start.
 *
 * @param engine of reviews that name none ({@code review.engine}, default {@code pmd})
 * @param persona of reviews that name none ({@code review.persona}, default {@code strict-reviewer})
 * @param personaDir folder with personas beside the shipped ones; null: none ({@code review.persona-dir}, default none)
 */
public record ReviewEnginesConfig(
        String engine,
        String persona,
        @Nullable Path personaDir,
        PmdConfig pmd,
        ModelConfig model,
        EndpointConfig ollama,
        EndpointConfig openAi,
        TranscriptConfig transcript) {
    public static final Set<String> ENGINES = Set.of("pmd", "ollama", "openai");
    public static final ReviewEnginesConfig DEFAULTS = new ReviewEnginesConfig(
            "pmd",
            "strict-reviewer",
            null,
            PmdConfig.DEFAULTS,
            ModelConfig.DEFAULTS,
            EndpointConfig.OLLAMA,
            EndpointConfig.OPENAI,
            TranscriptConfig.DEFAULTS);

    public static ReviewEnginesConfig from(Settings settings) {
        var folder = settings.optional("review.persona-dir");
        return new ReviewEnginesConfig(
                settings.choice("review.engine", DEFAULTS.engine, ENGINES),
                settings.text("review.persona", DEFAULTS.persona),
                folder == null || folder.isBlank() ? null : Path.of(folder),
                PmdConfig.from(settings),
                ModelConfig.from(settings),
                EndpointConfig.from(settings, "review.ollama", EndpointConfig.OLLAMA),
                EndpointConfig.from(settings, "review.openai", EndpointConfig.OPENAI),
                TranscriptConfig.from(settings));
    }
}
