package dev.skein.index.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.index.source.SourceText.Fault;
import dev.skein.index.symbol.Symbol;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarationScannerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "class A { int a, b[] = {1, 2}, c = 1 < 2 ? 1 : 2; } | CLASS A, FIELD A.a, FIELD A.b, FIELD A.c",
                "class A { Object a = new B<C, D>() {}, b; } | CLASS A, FIELD A.a, FIELD A.b",
                "class A { boolean a = x < y, b = z > w; } | CLASS A, FIELD A.a, FIELD A.b",
                "class A { Object a = B.<C, D>e(), b; } | CLASS A, FIELD A.a, FIELD A.b",
                "class A { Object a = B<C, D>::new, b; } | CLASS A, FIELD A.a, FIELD A.b",
                "class A { boolean a = o instanceof B<C, D>, b; } | CLASS A, FIELD A.a, FIELD A.b",
                "class A { int a = f((x, y) -> { int z; return x; }), b; } | CLASS A, FIELD A.a, FIELD A.b",
                "class A<T extends B<T> & C> {} | CLASS A, TYPE_PARAMETER A.T",
                "class A { <T> A(T t) {} A() {} } | CLASS A, CONSTRUCTOR A.A, TYPE_PARAMETER A.A.T, CONSTRUCTOR A.A",
                "class A { static { int x; } { int y; } int z; } | CLASS A, FIELD A.z",
                "class A { void m() { class L { int x; } } int n() [] { return null; } } | "
                        + "CLASS A, METHOD A.m, METHOD A.n",
                "enum A { B, C(1) { int x; void y() {} }, @D E; int f; } | "
                        + "ENUM A, ENUM_CONSTANT A.B, ENUM_CONSTANT A.C, FIELD A.C.x, METHOD A.C.y, "
                        + "ENUM_CONSTANT A.E, FIELD A.f",
                "enum A { B, C, } | ENUM A, ENUM_CONSTANT A.B, ENUM_CONSTANT A.C",
                "enum A { ; int x; } | ENUM A, FIELD A.x",
                "record A(int b, @C String... d) { A { } static int e; } | "
                        + "RECORD A, RECORD_COMPONENT A.b, RECORD_COMPONENT A.d, CONSTRUCTOR A.A, FIELD A.e",
                "class A { int record; int record() { return 1; } } | CLASS A, FIELD A.record, METHOD A.record",
                "sealed interface A permits B {} non-sealed class B implements A {} | INTERFACE A, CLASS B",
                "class A { int sealed = 1; int non = sealed - non; } | CLASS A, FIELD A.sealed, FIELD A.non",
                "@interface A { int b() default 1; String[] c() default {\"}\"}; int D = 1; } | "
                        + "ANNOTATION A, ANNOTATION_ELEMENT A.b, ANNOTATION_ELEMENT A.c, FIELD A.D",
                "interface A { default void b() {} private static int c() { return 1; } } | "
                        + "INTERFACE A, METHOD A.b, METHOD A.c",
                "@B(c = {\"(\", ')'}) public final class A { @B.C(\"{\") int d; } | CLASS A, FIELD A.d",
                "void main() { } int x = 1; | METHOD main, FIELD x",
                "import module java.base; class A {} | CLASS A",
                "@B open module a.b { requires c; } | MODULE a.b",
                "package a.b; class C {} | PACKAGE a.b, CLASS a.b.C",
                "class \\u0041b { int \\u0063; } | CLASS Ab, FIELD Ab.c",
                "class Ä { int ñandú; int 𝒜; } | CLASS Ä, FIELD Ä.ñandú, FIELD Ä.𝒜",
                "class A { void m(A this, final int a, int... b) throws C {} abstract int n(); } | "
                        + "CLASS A, METHOD A.m, METHOD A.n",
                "class A { java.util.@B Map<? extends C, D[]> e; } | CLASS A, FIELD A.e",
                "class A {;; int b;;} ; class C {} | CLASS A, FIELD A.b, CLASS C",
            })
    void finds_what_is_declared(String text, String expected) {
        assertThat(names(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "class A { int a = 1 public void m() {} } | CLASS A, FIELD A.a, METHOD A.m",
                "class A { int a int b; } | CLASS A, FIELD A.a, FIELD A.b",
                "class A { void m(int a { } int b; } | CLASS A, METHOD A.m, FIELD A.b",
                "class A { void m( ; int b; } | CLASS A, METHOD A.m, FIELD A.b",
                "class A { int b; | CLASS A, FIELD A.b",
                "class A { } } class B { int c; } | CLASS A, CLASS B, FIELD B.c",
                "class A { return x; if (a) { b(); } int c; } | CLASS A, FIELD A.c",
                "class A { foo(); int c; } | CLASS A, FIELD A.c",
                "class A { int b = f(; int c; } | CLASS A, FIELD A.b, FIELD A.c",
                "class A { String s = \"open; } | CLASS A, FIELD A.s",
                "class { int b; } class C {} | CLASS C",
                "import a.b class C {} | CLASS C",
                "class A extends { int b; } | CLASS A, FIELD A.b",
                "# % & class A { § int b; } | CLASS A, FIELD A.b",
            })
    void recognises_what_is_left_of_a_broken_file(String text, String expected) {
        assertThat(names(text)).isEqualTo(expected);
    }

    @Test
    void a_body_that_is_not_closed_ends_where_the_next_member_begins() {
        var text = """
                class A {
                    void m() {
                        if (x) {
                    }

                    /** Doc. */
                    public void n() {
                    }

                    class B {
                        int c;
                    }
                }
                """;

        assertThat(names(text)).isEqualTo("CLASS A, METHOD A.m, METHOD A.n, CLASS A.B, FIELD A.B.c");
        assertThat(new JavaExtractor().extract(text).balanced()).isFalse();
    }

    @Test
    void a_brace_too_many_does_not_close_the_class() {
        var text = """
                class A {
                    void m() {
                        }
                    }
                    int b;
                }
                """;

        assertThat(names(text)).isEqualTo("CLASS A, METHOD A.m, FIELD A.b");
    }

    @Test
    void a_text_block_hides_what_looks_like_code() {
        var text = "class A { String s = \"\"\"\n } class B { \\\"\"\" \" \n\"\"\"; int c; }";

        assertThat(names(text)).isEqualTo("CLASS A, FIELD A.s, FIELD A.c");
    }

    @Test
    void positions_count_utf_16_units_and_every_kind_of_line_break() {
        var symbols = symbols("class A {\r\n  int 𝒜, b;\r  int c;\n\n  int d; }");

        assertThat(symbols.stream()
                        .map(symbol ->
                                symbol.name().line() + ":" + symbol.name().column()))
                .containsExactly("0:6", "1:6", "1:10", "2:6", "4:6");
    }

    @Test
    void positions_are_those_of_the_text_as_written() {
        var symbols = symbols("class A { int \\u0061b, \\uuu0063; int d; }");

        assertThat(symbols.stream()
                        .map(symbol -> symbol.identifier() + symbol.name().column() + "-"
                                + symbol.name().endColumn()))
                .containsExactly("A6-7", "ab14-21", "c23-31", "d37-38");
    }

    @Test
    void says_what_a_method_takes_and_gives() {
        var method = symbols("class A { public <T> List<? extends T>[] m(final Map<K, V> a, int b[], T... c) {} }")
                .get(1);

        assertThat(method.type()).isEqualTo("List<? extends T>[]");
        assertThat(method.parameters()).isEqualTo("(Map<K, V>, int[], T...)");
        assertThat(method.key()).isEqualTo("A#m/3");
    }

    @Test
    void says_what_a_type_extends() {
        var type = symbols("class A<T> extends B<T> implements C, d.E<F> permits G {}")
                .get(0);

        assertThat(type.type()).isEqualTo("extends B<T> implements C, d.E<F> permits G");
    }

    @Test
    void keeps_the_first_sentence_of_the_documentation() {
        var symbols = symbols("""
                /**
                 * Does {@code a} and {@link B#c d}. And
                 * more.
                 * @deprecated no
                 */
                class A {
                    /// Marked *down*
                    /// twice. Yes.
                    int b;
                    // none
                    @Deprecated int c;
                }
                """);

        assertThat(symbols.stream().map(Symbol::summary)).containsExactly("Does a and d.", "Marked *down* twice.", "");
        assertThat(symbols.stream().map(Symbol::isDeprecated)).containsExactly(true, false, true);
    }

    @Test
    void depth_and_length_cost_no_stack_and_little_time() {
        var deep = "class A { int a = " + "(".repeat(10_000) + "1" + ")".repeat(10_000) + ", b; }";
        var wide = "class A { String s = \"" + "x".repeat(1_000_000) + "\"; int b; }";

        assertThat(names(deep)).isEqualTo("CLASS A, FIELD A.a, FIELD A.b");
        assertThat(symbols(wide).get(2).name().column()).isEqualTo(1_000_029);
    }

    @Test
    void what_is_in_more_types_than_anybody_nests_is_left_out_and_the_file_says_so() {
        var deep = "class A {".repeat(100_000) + "int a;" + "}".repeat(100_000) + " class B { int b; }";
        var open = "class A {\n".repeat(99_000);
        var fits = "class A {".repeat(256) + "int a;" + "}".repeat(256);

        var extracted = new JavaExtractor().extract(deep);
        var symbols = extracted.table().symbols();

        assertThat(extracted.fault()).isEqualTo(Fault.TOO_DEEP);
        assertThat(extracted.balanced()).isTrue();
        assertThat(symbols).hasSize(256 + 1 + 2);
        assertThat(symbols.get(256).range().endColumn()).isEqualTo(deep.indexOf("} class B") - 255);
        assertThat(symbols.get(258).qualifiedName()).isEqualTo("B.b");
        assertThat(new JavaExtractor().extract(open).fault()).isEqualTo(Fault.TOO_DEEP);
        assertThat(new JavaExtractor().extract(fits).fault()).isEqualTo(Fault.NONE);
        assertThat(new JavaExtractor().extract(fits).table().size()).isEqualTo(257);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class A { int a;",
                "class A { int a",
                "enum A { a",
                "class A<",
                "record A(int a",
                "class A { void a() {} "
            })
    void more_declarations_than_anybody_writes_are_left_out_and_the_file_says_so(String start) {
        var next = start.endsWith(";")
                ? " int a;"
                : start.endsWith("<")
                        ? "A,"
                        : start.endsWith("} ") ? "void a() {} " : start.contains("(int") ? ", int a" : ", a";
        var extractor = new JavaExtractor();

        var many = extractor.extract(start + next.repeat(120_000));
        var after = extractor.extract("class B { int b; }");

        assertThat(many.fault()).isEqualTo(Fault.TOO_MANY);
        assertThat(many.table().size()).isEqualTo(JavaExtractor.DECLARATIONS_MAX);
        assertThat(after.fault()).isEqualTo(Fault.NONE);
        assertThat(after.table().size()).isEqualTo(2);
    }

    @Test
    void what_is_in_a_name_longer_than_anybody_writes_is_left_out_and_the_file_says_so() {
        var name = "A".repeat(500);
        var text = "package p; enum E { " + name + " { int a; } } class " + name + " { class " + name
                + " { int b; } int c; }";

        var extracted = new JavaExtractor().extract(text);

        assertThat(extracted.fault()).isEqualTo(Fault.TOO_DEEP);
        assertThat(extracted.table().symbols().stream().map(Symbol::identifier))
                .containsExactly("p", "E", name, "a", name, name, "c");
        assertThat(new JavaExtractor()
                        .extract("package " + "p.".repeat(500) + "p; enum E { A { int a; } }")
                        .table()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void a_line_of_a_mebibyte_is_measured_once() {
        var closing = "class A {\n" + " }".repeat(1 << 19);
        var opening = "class A {".repeat(256) + "class A {}".repeat(99_000);

        assertThat(new JavaExtractor().extract(closing).table().size()).isEqualTo(1);
        assertThat(new JavaExtractor().extract(opening).balanced()).isFalse();
    }

    @Test
    void a_mebibyte_of_anything_is_read_to_the_end() {
        for (var piece :
                List.of("<a", "(", "a<b,", "{", "@a(", "class a", "\"", "/*", "'", "a b ", "\\u", "enum a{b{")) {
            var text = "class A { int a = " + piece.repeat((8 << 20) / piece.length() / 8);

            assertThat(new JavaExtractor().extract(text).table().size())
                    .as(piece)
                    .isPositive();
        }
    }

    @Test
    void a_file_that_is_no_text_or_too_large_has_no_symbols_and_a_reason() {
        var extractor = new JavaExtractor();

        assertThat(extractor.extract(new byte[] {1, 0, 0, 7, 0, 9}).fault()).isEqualTo(Fault.BINARY);
        assertThat(extractor.extract(new byte[50 << 20]).fault()).isEqualTo(Fault.TOO_LARGE);
        assertThat(extractor.extract("class A {}".getBytes(UTF_8)).table().size())
                .isEqualTo(1);
    }

    private static String names(String text) {
        return symbols(text).stream()
                .map(symbol -> symbol.kind() + " " + symbol.qualifiedName())
                .collect(joining(", "));
    }

    private static List<Symbol> symbols(String text) {
        return new JavaExtractor().extract(text).table().symbols();
    }
}
