package dev.skein.review.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.review.Finding;
import dev.skein.review.Region;
import dev.skein.review.Severity;
import dev.skein.review.fix.NotFixable.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFixesTest {
    private static final String TEXT = "int a;\n  int b = a;\nint c;\n";

    private final FileFixes fixes = new FileFixes();

    private static Finding finding(String rule, Region region, String quote, String replacement) {
        return new Finding(
                "a.c", region, quote, rule, Severity.LOW, 1, "m", null, replacement, "pmd", "", "t", "f", "h", null);
    }

    private static Finding at(int line, int column, String quote, String replacement) {
        var region = new Region(line, column, line, column + quote.length());
        return finding("r", region, quote, replacement);
    }

    private String fixed(Finding finding, String text) throws NotFixable {
        var change = fixes.change(finding, text);
        fixes.keep(finding, change);
        return change.text();
    }

    private void refuses(Finding finding, String text, Reason reason) {
        assertThatThrownBy(() -> fixes.change(finding, text))
                .isInstanceOfSatisfying(
                        NotFixable.class, not -> assertThat(not.reason()).isEqualTo(reason));
    }

    @Test
    void a_replacement_stands_where_the_quote_was_and_nothing_else_changes() throws Exception {
        assertThat(fixed(at(2, 3, "int b = a;", "    int b = 1;\n"), TEXT)).isEqualTo("int a;\n  int b = 1;\nint c;\n");
    }

    @Test
    void an_empty_replacement_takes_the_whole_line_away_or_only_the_quote() throws Exception {
        assertThat(fixed(at(2, 3, "int b = a;", ""), TEXT)).isEqualTo("int a;\nint c;\n");
        assertThat(new FileFixes().change(at(2, 9, " = a", ""), TEXT).text()).isEqualTo("int a;\n  int b;\nint c;\n");
    }

    @Test
    void lines_end_as_most_lines_of_the_file() throws Exception {
        var windows = TEXT.replace("\n", "\r\n");

        assertThat(fixed(at(2, 3, "int b = a;", "int b =\n  1;"), windows))
                .isEqualTo("int a;\r\n  int b =\r\n  1;\r\nint c;\r\n");
        var several = finding("r", new Region(1, 1, 2, 13), "int a;\n  int b = a;", "int d;");
        assertThat(new FileFixes().change(several, windows).text()).isEqualTo("int d;\r\nint c;\r\n");
    }

    @Test
    void later_fixes_count_with_the_lines_that_earlier_ones_added() throws Exception {
        var text = "x\nsame();\nsame();\n";
        var first = fixed(at(1, 1, "x", "y\nz"), text);

        assertThat(fixed(at(3, 1, "same();", "other();"), first)).isEqualTo("y\nz\nsame();\nother();\n");
    }

    @Test
    void a_quote_that_is_gone_or_not_unique_is_not_guessed() {
        refuses(at(1, 1, "int z;", "int y;"), TEXT, Reason.QUOTE_GONE);
        refuses(at(9, 1, "int ", "long "), TEXT, Reason.AMBIGUOUS);
        refuses(at(1, 1, "int a;", null), TEXT, Reason.NO_REPLACEMENT);
        refuses(at(1, 1, "int a;", "int a;"), TEXT, Reason.UNSAFE);
        refuses(at(1, 1, "x".repeat(2_000), "y"), "x".repeat(3_000), Reason.UNSAFE);
    }

    @Test
    void lines_are_fixed_once() throws Exception {
        var first = fixed(at(2, 3, "int b = a;", "int b = 1;"), TEXT);

        refuses(at(2, 7, "b", "bb"), first, Reason.OVERLAPS);
        assertThat(fixed(at(3, 1, "int c;", "int cc;"), first)).endsWith("int cc;\n");
    }

    @Test
    void an_unused_import_that_pmd_found_is_removed() throws Exception {
        var found = finding("UnnecessaryImport", new Region(1, 1, 1, 18), "import java.util.List;", null);

        assertThat(FileFixes.isFixable(found)).isTrue();
        assertThat(fixes.change(found, "import java.util.List;\nclass A {}\n").text())
                .isEqualTo("class A {}\n");
    }

    @Test
    void blanks_at_the_end_of_lines_go_everywhere_but_where_they_may_mean_something() throws Exception {
        var found = finding("trailing-blanks", new Region(1, 1, 1, 3), "a", null);

        assertThat(FileFixes.isEverywhere(found)).isTrue();
        assertThat(fixes.change(found, "a  \r\nb\t\n\\ \nc ").text()).isEqualTo("a\r\nb\n\\ \nc");
        refuses(found, "a = '''x \n'''\n", Reason.UNSAFE);
        refuses(found, "a\n", Reason.UNSAFE);
    }

    @ParameterizedTest
    @CsvSource({"'a~b!c!', 'a!b!c!'", "'a~b~c!', 'a~b~c~'"})
    void lines_of_a_file_end_alike_after_the_fix(String before, String after) throws Exception {
        var found = finding("mixed-line-ends", new Region(1, 1, 1, 2), "a", null);

        assertThat(fixes.change(found, lines(before)).text()).isEqualTo(lines(after));
    }

    private static String lines(String text) {
        return text.replace("~", "\r\n").replace("!", "\n");
    }

    @Test
    void a_new_secret_is_refused_and_one_that_was_there_is_not() throws Exception {
        var token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
        SecretScan.check("a.c", "x = \"" + token + "\"\n", "\nx = \"" + token + "\"\n");

        assertThatThrownBy(() -> SecretScan.check("a.c", "x\n", "x\ny = \"" + token + "\"\n"))
                .hasMessage("line 2 would hold what looks like a secret (secret-token)")
                .hasMessageNotContaining(token);
    }
}
