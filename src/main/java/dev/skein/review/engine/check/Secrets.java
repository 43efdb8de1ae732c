package dev.skein.review.engine.check;

import dev.skein.review.Proposal;
import dev.skein.review.Rule;
import dev.skein.review.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/*
 * Three kinds of evidence, the strongest first: a shape that only tokens of one issuer have, a private key with its
 * body, and a literal that is given to something called a secret. The last is only a guess, so the literal must also
 * look random and not like an example. Every pattern begins with a literal and repeats single characters a bounded
 * number of times, so a line takes time in proportion to its length; a cheap search comes before each.
 */
/** Keys, tokens and passwords written into a file. */
final class Secrets implements TextCheck {
    private static final String HELP =
            "Whoever reads the file has it, and the history keeps it. Revoke it, take a new one from the environment "
                    + "or a file outside the repository, and clean the history if it was pushed.";
    private static final String LINK = "https://cwe.mitre.org/data/definitions/798.html";
    private static final List<String> TAGS = List.of("security", "external/cwe/cwe-798");
    private static final Rule TOKEN = rule("secret-token", "A token of a known service", Severity.CRITICAL);
    private static final Rule KEY = rule("secret-private-key", "A private key", Severity.CRITICAL);
    private static final Rule LITERAL = rule("secret-literal", "A password or key as a literal", Severity.HIGH);
    private static final Rule ADDRESS = rule("secret-in-address", "A password in an address", Severity.HIGH);

    private static final Pattern ASSIGNED =
            Pattern.compile("(?i)(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|credential|private[_-]?key)"
                    + "[a-z0-9_.-]{0,20}[\"'\\]]{0,2}\\s{0,8}(?::=|=>|=|:)\\s{0,8}([\"'`])([^\"'`\\s]{8,200})\\1");
    private static final Pattern BARE =
            Pattern.compile("(?i)(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|credential|private[_-]?key)"
                    + "[a-z0-9_.-]{0,20}\\s{0,8}[:=]\\s{0,8}([^\"'`\\s#]{12,200})\\s{0,8}$");
    private static final Pattern IN_ADDRESS =
            Pattern.compile("://[^\\s:/@\"'<>$({]{1,64}:([^\\s/@\"'<>]{6,128})@[A-Za-z0-9]");
    private static final Pattern BODY = Pattern.compile("[A-Za-z0-9+/=]{40,}");
    private static final String KEY_END = "PRIVATE KEY-----";
    private static final Set<String> PLAIN = Set.of(".env", ".properties", ".ini", ".cfg", ".conf", ".yaml", ".yml");

    @Override
    public List<Rule> rules() {
        return List.of(TOKEN, KEY, LITERAL, ADDRESS);
    }

    private static Rule rule(String id, String summary, Severity severity) {
        return new Rule(id, summary, HELP, LINK, severity, TAGS);
    }

    @Override
    public void look(Text text, Consumer<Proposal> found) {
        boolean isPlain = PLAIN.stream().anyMatch(text.path().toLowerCase(Locale.ROOT)::endsWith);
        for (int number = 1; number <= text.lines(); number++) {
            var line = text.line(number);
            var token = KnownToken.in(line);
            if (token != null) {
                var span = new Text.Span(number, token.from(), token.to());
                found.accept(text.at(span, TOKEN, 0.95, "This looks like %s.".formatted(token.name())));
            } else if (line.contains(KEY_END)) {
                key(text, number, found);
            } else if (line.indexOf(':') >= 0 || line.indexOf('=') >= 0) {
                guess(text, number, isPlain, found);
            }
        }
    }

    /** A header alone is what programs look for; with a body it is a key. */
    private static void key(Text text, int number, Consumer<Proposal> found) {
        var line = text.line(number);
        int begin = line.indexOf("-----BEGIN ");
        if (begin < 0) {
            return;
        }
        boolean isHere = BODY.matcher(line).find();
        boolean isBelow = number < text.lines()
                && BODY.matcher(text.line(number + 1)).find()
                && line.strip().endsWith(KEY_END);
        if (isHere || isBelow) {
            found.accept(text.at(new Text.Span(number, begin, line.length()), KEY, "A private key begins here."));
        }
    }

    private static void guess(Text text, int number, boolean isPlain, Consumer<Proposal> found) {
        var line = text.line(number);
        var address = line.contains("://") ? IN_ADDRESS.matcher(line) : null;
        if (address != null && address.find() && !Placeholders.isExample(address.group(1))) {
            var span = new Text.Span(number, address.start(1), address.end(1));
            found.accept(text.at(span, ADDRESS, 0.8, "The address carries a password."));
            return;
        }
        var literal = ASSIGNED.matcher(line);
        if (literal.find()) {
            guessed(text, new Text.Span(number, literal.start(2), literal.end(2)), found);
            return;
        }
        var bare = BARE.matcher(line);
        if (isPlain && bare.find()) {
            guessed(text, new Text.Span(number, bare.start(1), bare.end(1)), found);
        }
    }

    private static void guessed(Text text, Text.Span span, Consumer<Proposal> found) {
        var value = text.line(span.line()).substring(span.from(), span.to());
        if (Placeholders.looksRandom(value) && !Placeholders.isExample(value)) {
            double confidence = Placeholders.bits(value) >= 3.5 ? 0.8 : 0.6;
            found.accept(text.at(span, LITERAL, confidence, "What looks like a secret is written here as a literal."));
        }
    }
}
