package dev.skein.index.match;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A text as the characters people see, folded: NFKC, full case folding, grapheme clusters. {@code ß} is {@code ss},
 * {@code ﬃ} is {@code ffi}, {@code ς} is {@code σ}; a dotless {@code ı} is no {@code i}.
 */
final class Clusters {
    private static final Pattern CLUSTER = Pattern.compile("\\X");
    private static final String SEPARATORS = "_- /\\.:<>()[]";
    private static final int DOTLESS_I = 0x131;
    private static final int DOTTED_I = 0x130;

    final List<String> folded = new ArrayList<>();
    final List<Boolean> wordStarts = new ArrayList<>();

    Clusters(String text) {
        var matcher = CLUSTER.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC));
        int before = -1;
        while (matcher.find()) {
            int first = matcher.group().codePointAt(0);
            add(fold(matcher.group()), isWordStart(before, first));
            before = first;
        }
    }

    private void add(String fold, boolean wordStart) {
        var matcher = CLUSTER.matcher(fold);
        boolean start = wordStart;
        while (matcher.find()) {
            folded.add(matcher.group());
            wordStarts.add(start);
            start = false;
        }
    }

    private static boolean isWordStart(int before, int here) {
        if (before < 0 || SEPARATORS.indexOf(before) >= 0) {
            return true;
        }
        boolean toUpper = Character.isLowerCase(before) && Character.isUpperCase(here);
        boolean toDigit = Character.isLetter(before) && Character.isDigit(here);
        return toUpper || toDigit || (Character.isDigit(before) && Character.isLetter(here));
    }

    private static String fold(String cluster) {
        var folded = new StringBuilder();
        cluster.codePoints().forEach(point -> fold(point, folded));
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    private static void fold(int point, StringBuilder to) {
        if (point == DOTLESS_I) {
            to.appendCodePoint(point);
        } else if (point == DOTTED_I) {
            to.append("i\u0307");
        } else {
            var upper = Character.toString(Character.toLowerCase(point)).toUpperCase(Locale.ROOT);
            upper.codePoints().map(Character::toLowerCase).forEach(to::appendCodePoint);
        }
    }
}
