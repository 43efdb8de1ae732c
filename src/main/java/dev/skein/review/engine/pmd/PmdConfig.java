package dev.skein.review.engine.pmd;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.util.List;

/**
 * What PMD looks for. Built once at start.
 *
 * @param ruleSets resources of PMD or files, in order; addresses are refused ({@code review.pmd.rule-sets}, default
 *     {@code rulesets/java/quickstart.xml})
 * @param priorityMax rules of a higher number, which is a lower priority, are left out ({@code
 *     review.pmd.priority-max}, default 5)
 * @param fileMax characters past which a file gets the checks of every text alone ({@code review.pmd.file-max}, default
 *     2MiB)
 */
public record PmdConfig(List<String> ruleSets, int priorityMax, long fileMax) {
    public static final PmdConfig DEFAULTS = new PmdConfig(List.of("rulesets/java/quickstart.xml"), 5, 2L << 20);
    private static final long FILE_MIN = 1L << 10;
    private static final long FILE_MAX = 64L << 20;

    public PmdConfig {
        ruleSets = List.copyOf(ruleSets);
        Check.between("review.pmd.priority-max", priorityMax, 1, 5);
        Check.between("review.pmd.file-max", fileMax, FILE_MIN, FILE_MAX);
        if (ruleSets.isEmpty()) {
            throw new IllegalArgumentException("review.pmd.rule-sets must name one at least");
        }
        if (ruleSets.stream().anyMatch(name -> name.contains("://"))) {
            throw new IllegalArgumentException("review.pmd.rule-sets must name resources or files, not addresses");
        }
    }

    public static PmdConfig from(Settings settings) {
        return settings.build(
                DEFAULTS,
                () -> new PmdConfig(
                        settings.list("review.pmd.rule-sets", DEFAULTS.ruleSets),
                        settings.integer("review.pmd.priority-max", DEFAULTS.priorityMax, 1, 5),
                        settings.bytes("review.pmd.file-max", DEFAULTS.fileMax, FILE_MIN, FILE_MAX)));
    }
}
