package dev.skein.review.engine.pmd;

import dev.skein.kernel.Problem;
import dev.skein.review.Rule;
import dev.skein.review.Severity;
import dev.skein.review.engine.check.TextChecks;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import net.sourceforge.pmd.PMDConfiguration;
import net.sourceforge.pmd.PMDVersion;
import net.sourceforge.pmd.lang.rule.RulePriority;
import net.sourceforge.pmd.lang.rule.RuleSet;
import net.sourceforge.pmd.lang.rule.RuleSetLoadException;
import net.sourceforge.pmd.lang.rule.RuleSetLoader;
import net.sourceforge.pmd.util.log.PmdReporter;

/** Rule sets as they were read once, what they say about themselves, and a hash of all that. Thread-safe. */
final class PmdRules {
    private static final Severity[] BY_PRIORITY = Severity.values();

    private final PmdConfig config;
    private final List<RuleSet> sets;
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private final String fingerprint;

    private PmdRules(PmdConfig config, List<RuleSet> sets) {
        this.config = config;
        this.sets = List.copyOf(sets);
        var parts = new ArrayList<String>();
        parts.add("pmd " + PMDVersion.VERSION + " " + TextChecks.VERSION);
        parts.add("java " + Runtime.version().feature() + " file-max " + config.fileMax());
        for (var set : sets) {
            set.getRules().forEach(rule -> {
                rules.putIfAbsent(rule.getName(), described(rule));
                parts.add(identity(rule));
            });
        }
        TextChecks.rules().forEach(rule -> rules.putIfAbsent(rule.id(), rule));
        fingerprint = sha256(String.join("\n", parts));
    }

    /**
     * Reads the rule sets, which takes about a second the first time.
     *
     * @throws Problem naming the one that cannot be read
     */
    static PmdRules load(PmdConfig config) {
        try {
            var loader = RuleSetLoader.fromPmdConfig(configuration(config));
            var found =
                    config.ruleSets().stream().map(name -> set(loader, name)).toList();
            return new PmdRules(config, found);
        } catch (RuleSetLoadException e) {
            throw Problem.invalid("review.pmd.rule-sets: " + firstLine(String.valueOf(e.getMessage())));
        }
    }

    private static RuleSet set(RuleSetLoader loader, String name) {
        return name.equals(Quickstart.NAME)
                ? loader.loadFromString(name, Quickstart.document())
                : loader.loadFromResource(name);
    }

    private static PMDConfiguration configuration(PmdConfig config) {
        var configuration = new PMDConfiguration();
        configuration.setThreads(0);
        configuration.setIgnoreIncrementalAnalysis(true);
        configuration.setReporter(PmdReporter.quiet());
        configuration.setMinimumPriority(RulePriority.valueOf(config.priorityMax()));
        return configuration;
    }

    PMDConfiguration configuration() {
        return configuration(config);
    }

    /** Rules keep state while they look, so each analysis gets its own. */
    List<RuleSet> copies() {
        return sets.stream().map(RuleSet::new).toList();
    }

    String fingerprint() {
        return fingerprint;
    }

    /** The rule of this name among PMD's and the checks of every text. */
    Rule rule(String name) {
        var rule = rules.get(name);
        return rule == null ? new Rule(name, name, "", "", Severity.MEDIUM, List.of()) : rule;
    }

    static Severity severity(RulePriority priority) {
        return BY_PRIORITY[priority.getPriority() - 1];
    }

    private static Rule described(net.sourceforge.pmd.lang.rule.Rule rule) {
        var help = oneParagraph(rule.getDescription());
        int end = help.indexOf(". ");
        var link = rule.getExternalInfoUrl();
        return new Rule(
                rule.getName(),
                end < 0 ? help : help.substring(0, end + 1),
                help,
                link == null ? "" : link,
                severity(rule.getPriority()),
                List.of(rule.getRuleSetName().toLowerCase(Locale.ROOT).replace(' ', '-')));
    }

    private static String identity(net.sourceforge.pmd.lang.rule.Rule rule) {
        var properties = new TreeMap<String, String>();
        rule.getPropertiesByPropertyDescriptor()
                .forEach((descriptor, value) -> properties.put(descriptor.name(), String.valueOf(value)));
        return rule.getLanguage().getId() + " " + rule.getName() + " " + rule.getRuleClass() + " "
                + rule.getPriority().getPriority() + " " + rule.getMessage() + " " + properties;
    }

    static String oneParagraph(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
