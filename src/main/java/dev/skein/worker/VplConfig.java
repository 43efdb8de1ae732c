package dev.skein.worker;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;

/**
 * Limits of the pipeline language.
 *
 * @param stepBudget loop rounds and calls that one event may cost one stream ({@code vpl.step-budget}, default
 *     100000000)
 */
public record VplConfig(long stepBudget) {
    public static final VplConfig DEFAULTS = new VplConfig(100_000_000);

    public VplConfig {
        Check.between("vpl.step-budget", stepBudget, 1, Long.MAX_VALUE);
    }

    public static VplConfig from(Settings settings) {
        return new VplConfig(settings.whole("vpl.step-budget", DEFAULTS.stepBudget, 1, Long.MAX_VALUE));
    }
}
