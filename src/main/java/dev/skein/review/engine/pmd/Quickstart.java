package dev.skein.review.engine.pmd;

import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import net.sourceforge.pmd.PMDVersion;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * PMD's quickstart rules, told to PMD in another way: it reads a category anew for each reference to one of its rules,
 * so a category is referred to once, without the rules that are not meant. The same rules come of it, two seconds of
 * processor time earlier.
 */
final class Quickstart {
    /** What PMD calls them. */
    static final String NAME = "rulesets/java/quickstart.xml";

    private static final String HEAD = """
            <ruleset name="quickstart" xmlns="http://pmd.sourceforge.net/ruleset/2.0.0">
            <description>quickstart</description>
            """;

    private Quickstart() {}

    /** A document for PMD. */
    static String document() {
        try {
            var document = new StringBuilder(HEAD);
            for (var category : categories().entrySet()) {
                document.append("<rule ref=\"").append(category.getKey()).append("\">\n");
                rules(category.getKey())
                        .map(rule -> rule.getAttribute("name"))
                        .filter(name -> !category.getValue().contains(name))
                        .forEach(name ->
                                document.append("<exclude name=\"").append(name).append("\"/>\n"));
                document.append("</rule>\n");
            }
            for (var rule : rules(NAME).filter(Quickstart::isChanged).toList()) {
                document.append(text(rule));
            }
            return document.append("</ruleset>").toString();
        } catch (IOException | SAXException | ParserConfigurationException | TransformerException e) {
            throw new IllegalStateException("the rules of PMD " + PMDVersion.VERSION + " cannot be read", e);
        }
    }

    /** Names of rules by the resource that has them. */
    private static Map<String, Set<String>> categories()
            throws IOException, SAXException, ParserConfigurationException {
        return rules(NAME)
                .filter(rule -> !isChanged(rule))
                .map(rule -> rule.getAttribute("ref"))
                .collect(Collectors.groupingBy(
                        ref -> ref.substring(0, ref.lastIndexOf('/')),
                        LinkedHashMap::new,
                        Collectors.mapping(
                                ref -> ref.substring(ref.lastIndexOf('/') + 1),
                                Collectors.toCollection(TreeSet::new))));
    }

    /** With properties of its own, say. */
    private static boolean isChanged(Element rule) {
        return rule.getElementsByTagName("*").getLength() > 0;
    }

    private static String text(Element rule) throws TransformerException {
        var transformer = TransformerFactory.newDefaultInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        var text = new StringWriter();
        transformer.transform(new DOMSource(rule), new StreamResult(text));
        return text.toString();
    }

    private static Stream<Element> rules(String resource)
            throws IOException, SAXException, ParserConfigurationException {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        try (var in = PMDVersion.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is not there");
            }
            var rules = factory.newDocumentBuilder().parse(in).getElementsByTagName("rule");
            return IntStream.range(0, rules.getLength()).mapToObj(i -> (Element) rules.item(i));
        }
    }
}
