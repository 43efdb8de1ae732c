package dev.skein.review.engine.pmd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.sourceforge.pmd.lang.rule.RuleSet;
import net.sourceforge.pmd.lang.rule.RuleSetLoader;
import net.sourceforge.pmd.properties.PropertyDescriptor;
import org.junit.jupiter.api.Test;

class QuickstartTest {
    private static List<String> rules(RuleSet set) {
        return set.getRules().stream()
                .map(rule -> String.join(
                        " ",
                        rule.getRuleSetName(),
                        rule.getName(),
                        rule.getRuleClass(),
                        rule.getPriority().name(),
                        rule.getMessage(),
                        properties(rule.getPropertiesByPropertyDescriptor())))
                .sorted()
                .toList();
    }

    private static String properties(Map<PropertyDescriptor<?>, Object> values) {
        var named = new TreeMap<String, String>();
        values.forEach((descriptor, value) -> named.put(descriptor.name(), String.valueOf(value)));
        return named.toString();
    }

    @Test
    void the_rules_are_those_that_pmd_reads_from_its_own_document() {
        var theirs = rules(new RuleSetLoader().loadFromResource(Quickstart.NAME));

        var ours = rules(new RuleSetLoader().loadFromString(Quickstart.NAME, Quickstart.document()));

        assertThat(ours).hasSizeGreaterThan(100).isEqualTo(theirs);
    }
}
