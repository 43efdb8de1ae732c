package dev.skein.review.engine.check;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token whose shape says who issued it.
 *
 * @param name with its article
 * @param from column of its first character, from 0
 * @param to column after its last
 */
record KnownToken(String name, int from, int to) {
    private static final List<Shape> SHAPES = List.of(
            new Shape("an access key of AWS", "A", "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
            new Shape("a token of GitHub", "gh", "\\bgh[pousr]_[A-Za-z0-9]{36,255}"),
            new Shape("a token of GitHub", "github_pat_", "github_pat_[A-Za-z0-9_]{50,255}"),
            new Shape("a token of GitLab", "glpat-", "glpat-[A-Za-z0-9_-]{20,64}"),
            new Shape("a token of Slack", "xox", "\\bxox[abeprs]-[0-9A-Za-z-]{20,250}"),
            new Shape(
                    "a webhook of Slack",
                    "hooks.slack.com/services/T",
                    "hooks\\.slack\\.com/services/T[A-Z0-9]{6,16}/B[A-Z0-9]{6,16}/[A-Za-z0-9]{16,64}"),
            new Shape("a key of Google", "AIza", "\\bAIza[0-9A-Za-z_-]{35}"),
            new Shape("a key of Stripe", "k_live_", "\\b[rs]k_live_[0-9A-Za-z]{16,128}"),
            new Shape("a key of a language model", "sk-", "\\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,200}"),
            new Shape("a token of npm", "npm_", "\\bnpm_[A-Za-z0-9]{36}\\b"),
            new Shape("a key of SendGrid", "SG.", "\\bSG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}"),
            new Shape("a token of PyPI", "pypi-", "\\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,255}"));

    private record Shape(String name, String literal, Pattern pattern) {
        Shape(String name, String literal, String pattern) {
            this(name, literal, Pattern.compile(pattern));
        }
    }

    /** The first one in a line that is no example; null when there is none. */
    static @Nullable KnownToken in(String line) {
        for (var shape : SHAPES) {
            if (line.contains(shape.literal)) {
                var match = shape.pattern.matcher(line);
                if (match.find() && Placeholders.looksRandom(match.group()) && !isExample(match.group())) {
                    return new KnownToken(shape.name, match.start(), match.end());
                }
            }
        }
        return null;
    }

    private static boolean isExample(String token) {
        return Placeholders.isExample(token.replaceFirst("^[A-Za-z]{1,8}[-_]", ""));
    }
}
