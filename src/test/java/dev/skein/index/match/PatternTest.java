package dev.skein.index.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTest {
    private final Scorer scorer = new Scorer();

    @ParameterizedTest
    @CsvSource({
        "fb, FooBar, false, 46",
        "fb, foobar, false, 35",
        "fbb, FooBarBaz, false, 69",
        "foo, foobar, true, 999994",
        "foo, barfoo, false, 43",
        "hm, HashMap, false, 45",
        "gn, get_name, false, 48",
        "x1, x21, false, 38",
        "é, Café, false, 26",
        "'', A, true, 0"
    })
    void golden_vectors(String query, String name, boolean prefix, int score) {
        long rank = rank(query, name);

        assertThat(Rank.isPrefix(rank)).isEqualTo(prefix);
        assertThat(Rank.score(rank)).isEqualTo(score);
    }

    @ParameterizedTest
    @CsvSource({
        "ss, Straße, true",
        "ß, Strasse, true",
        "ffi, o\uFB03ce, true",
        "σ, λόγος, true",
        "É, café, true",
        "e\u0301, caf\u00e9, true",
        "i, \u0131x, false",
        "\u0131, ix, false",
        "\uD83D\uDC68, a\uD83D\uDC68\u200D\uD83D\uDC69b, false",
        "é, è, false",
        "\u00e9\u00a9, \u00c3\u00a9, false",
        "abc, acb, false",
        "abcd, abc, false",
        "NPE, NullPointerException, true",
        "k, \u212A, true"
    })
    void case_and_form_of_letters_do_not_matter_and_letters_do(String query, String name, boolean matches) {
        var pattern = new Pattern(query);
        var bytes = bytes(name);

        assertThat(rank(query, name) != Rank.NONE).isEqualTo(matches);
        assertThat(pattern.matches(bytes, NameMask.of(bytes))).isEqualTo(matches);
        assertThat(!matches || pattern.mayMatch(NameMask.folded(bytes))).isTrue();
    }

    @Test
    void random_names_score_what_trying_every_alignment_gives() {
        var random = new Random(11);
        for (int round = 0; round < 3_000; round++) {
            var name = letters(random, 9);
            var query = letters(random, 4);
            long expected = name.toLowerCase(Locale.ROOT).startsWith(query.toLowerCase(Locale.ROOT))
                    ? Rank.prefix(1_000_000 - name.length())
                    : AlignmentOracle.best(query, name);

            assertThat(rank(query, name)).as(query + " in " + name).isEqualTo(expected);
            assertThat(Rank.isPrefix(expected) || expected <= Scorer.most(query.length(), name.length()))
                    .isTrue();
        }
    }

    private static String letters(Random random, int most) {
        var text = new StringBuilder();
        random.ints(1 + random.nextInt(most), 0, 8).forEach(i -> text.append("aAbB1_2a".charAt(i)));
        return text.toString();
    }

    private long rank(String query, String name) {
        var bytes = bytes(name);
        return new Pattern(query).rank(bytes, NameMask.of(bytes), Rank.NONE, scorer);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
