package dev.skein.pipeline.vpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every diagnostic of the language: its code, its place and the token or hint it names. */
class DiagnosticsTest {
    private static final String FN = "fn f() -> int:⏎    ";

    /** The table of the language's definition, word for word. */
    static Stream<Arguments> documented() {
        return Stream.of(
                arguments("stream A = X .wher(v > 1)", "1:15 E000", "`wher`|`where`"),
                arguments("stream A = X .emit(v: )", "1:23 E000", "expression expected, found `)`"),
                arguments("stream A = X .emit(s: \"ok)", "1:23 E000", "unterminated string"),
                arguments("stream A = X .to(M, topic: \"o\")", "1:18 E030", "`M`|connector M ="),
                arguments("let k = 3⏎stream A = X .where(ovr(v)) .emit(v: v)", "2:21 E050", "`ovr`"),
                arguments("fn f(a: int) -> int:⏎return a", "2:1 E000", "indented block expected|indent the lines"),
                arguments("stream A = X .having(v > 1)", "1:15 E010", ".aggregate(…)"),
                arguments("stream A = X .where(\"yes\")", "1:21 E060", ""),
                arguments("stream A = B⏎stream B = A", "1:12 E008", "A → B → A"),
                arguments(FN + "let x = 1⏎    x := 2⏎    return x", "3:5 E040", "`x`|`var`"),
                arguments("stream A = X .aggregate(n: count()) .emit(n: n)", "1:15 W001", ""),
                arguments("stream A = X .where(a < b < c)", "1:27 E000", "comparison chain|`and`"));
    }

    @ParameterizedTest
    @MethodSource("documented")
    void a_documented_fault_has_its_code_and_place_and_is_the_only_error(String source, String at, String words) {
        var found = check(source);

        assertThat(found.diagnostics()).anySatisfy(diagnostic -> matches(diagnostic, at, words));
        assertThat(found.diagnostics())
                .filteredOn(Diagnostic::isError)
                .allMatch(error -> error.code().equals("E090") || at.equals(place(error)));
    }

    static Stream<Arguments> declarations() {
        return Stream.of(
                arguments("event X:⏎    a: int⏎event X:⏎    b: int", "3:7 E001", "`X`"),
                arguments("stream A = X⏎stream A = Y", "2:8 E002", "`A`|line 1"),
                arguments(FN + "return 1⏎fn f() -> int:⏎    return 2", "3:4 E003", "`f`"),
                arguments("connector C = log()⏎connector C = log()", "2:11 E004", "`C`"),
                arguments("context c⏎context c", "2:9 E005", "`c`"),
                arguments("pattern P = A⏎pattern P = B", "2:9 E006", "`P`"),
                arguments("type T = int⏎type T = str", "2:6 E007", "`T`"),
                arguments("let a = b⏎let b = a", "1:5 E008", "a, b"),
                arguments("let a = " + "(".repeat(65) + "1" + ")".repeat(65), "1:73 E009", "64"),
                arguments("fn f():⏎    var x = 0" + "⏎    x := 1".repeat(4_000), "1:4 E015", "12009|10000"),
                arguments("x := 1", "1:1 E013", ""),
                arguments("print(1)", "1:1 E013", ""),
                arguments("let a = 1⏎if a > 1:⏎    let b = 2", "2:1 E013", ""),
                arguments("for i in 0..10001:⏎    context c{i}", "1:1 E014", "10000"),
                arguments("strem A = X", "1:1 E000", "`strem`|`stream`"),
                arguments("for i in 0..n:⏎    context c{i}", "1:13 E000", "integer literal expected, found `n`"),
                arguments("let order = 1⏎let if = 2", "2:5 E000", "reserved word `if`"),
                arguments("event X extends Y:⏎    a: int", "1:17 E062", "`Y`"),
                arguments("event X:⏎    a: itn", "2:8 E062", "`itn`|`int`"),
                arguments("event X:⏎    a: [int]", "2:8 E090", "array"),
                arguments("let a = b", "1:9 E000", "`b`"),
                arguments("import \"x.vpl\" as x", "1:1 E090", "import"),
                arguments("config:⏎    a: 1", "1:1 E090", "config"),
                arguments("config net { a: 1, b: \"x\" }", "1:1 E090", "config"));
    }

    static Stream<Arguments> streams() {
        return Stream.of(
                arguments("stream A = X .aggregate(n: count()).aggregate(m: count())", "1:37 E011", ""),
                arguments("stream A = X .window(5) .window(6)", "1:26 E012", ""),
                arguments("stream A = X .within(5s)", "1:15 E020", ""),
                arguments("pattern P = SEQ(A as a, NOT B)", "1:25 E022", "within"),
                arguments("pattern P = SEQ(NOT B, A) within 5s", "1:17 E023", ""),
                arguments("stream A = X .context(main)", "1:23 E031", "`main`|context main"),
                arguments("context main⏎stream A = X .context(mian)", "2:23 E031", "`mian`|`main`"),
                arguments("stream A = join(L, R) .window(1m)", "1:12 E033", ".on("),
                arguments(
                        "connector M = kafka(brokers: \"h\")⏎stream A = X .to(M)",
                        "1:15 E034",
                        "`kafka`|console, http, log"),
                arguments("connector M = kafka(brokers: \"h\", port: 1)", "1:15 W033", "`M`|`kafka`"),
                arguments("stream A = X .process(f())⏎fn f(a: int):⏎    emit P(a: a)", "1:23 E051", "`f` takes 1"),
                arguments("stream A = X .emit(a: f())⏎fn f():⏎    emit P()", "1:23 E052", "`f`|.process"),
                arguments("stream A = X .emit(a: f(b: 1))⏎fn f(a: int):⏎    a", "1:25 E080", "`b`"),
                arguments("stream A = X -> B .within(5)", "1:27 E061", "`10s`"),
                arguments("stream A = X .window(3) .aggregate(n: cuont())", "1:39 E070", "`cuont`|`count`"),
                arguments("stream A = X .window(3) .aggregate(n: sum())", "1:39 E071", "`sum`"),
                arguments("stream A = X .window(3) .aggregate(n: p)", "1:39 E073", "`p`"),
                arguments("stream A = X .where(a, b)", "1:15 E051", ""),
                arguments("stream A = X .where(a: 1)", "1:21 E080", "`a`"),
                arguments("stream A = X .window(3) .partition_by(k)", "1:26 W002", ""),
                arguments("event Order:⏎    a: int⏎stream A = Oder", "3:12 W030", "`Order`"),
                arguments("stream A = X .filter(a > 1)", "1:15 E090", "`.filter`"),
                arguments("stream A = X .emit(a: b ?? 1)", "1:25 E090", "`??`"),
                arguments("stream A = X .emit(a: sqrt(b))", "1:23 E090", "`sqrt`"),
                arguments("stream A = X .emit(a: to_string())", "1:23 E051", "takes 1 argument, got 0"),
                arguments("stream A = X .emit(1)", "1:20 E000", "name"),
                arguments("stream A = X .process(1)", "1:23 E000", "call"),
                arguments("stream A = X .emit(a: 1⏎stream B = Y", "2:1 E000", "`,` or `)` expected, found `stream`"),
                arguments("connector C = cluster(topik: \"t\")", "1:23 E080", "`topik`|`topic`"),
                arguments("connector C = cluster(topic: 5)", "1:30 E062", "str"),
                arguments("let v = 1⏎event X:⏎    v: int⏎stream A = X .emit(v: v)", "4:23 W041", "`v`"),
                arguments("stream A = X⏎stream B = A .emit as X(v: v)", "1:12 E008", "A → B → A"));
    }

    static Stream<Arguments> functions() {
        return Stream.of(
                arguments("fn f(a: int) -> int:⏎    return \"x\"", "2:12 E062", "`int` expected, this is a str"),
                arguments(FN + "let x: int = 1.5⏎    return x", "2:18 E062", "float"),
                arguments("let a: str = 1", "1:14 E062", "str"),
                arguments(FN + "if 1:⏎        return 2⏎    return 3", "2:8 E060", "int"),
                arguments(FN + "while 1 + 1:⏎        return 2", "2:11 E060", "int"),
                arguments(FN + "return v", "2:12 W040", "`v`"),
                arguments(FN + "x = 2⏎    return 1", "2:7 E000", "`:=`"),
                arguments(FN + "break", "2:5 E000", "`break`"),
                arguments(FN + "let a = 1⏎    let a = 2⏎    return a", "3:9 E000", "`a`"),
                arguments(FN + "return g(1)⏎fn g(a: str) -> int:⏎    return 1", "2:14 E062", "str"),
                arguments("const N = 1⏎" + FN + "N := 2⏎    return 1", "3:5 E040", "`N`"),
                arguments("fn f():⏎  let a = 1⏎\t\tlet b = 2", "3:3 E000", "tabs and spaces"),
                arguments(FN + "return a.foo(1)", "2:13 E000", "`.`|method calls"),
                arguments(FN + "return a && b", "2:14 E000", "`&&`|`and`"),
                arguments(FN + "let x =⏎    return 1", "2:12 E000", "found the end of the line"));
    }

    static Stream<Arguments> tokens() {
        return Stream.of(
                arguments("let a = .5", "1:9 E000", "`0.5`"),
                arguments("let a = 5.", "1:9 E000", "`5.0`"),
                arguments("let a = 9223372036854775808", "1:9 E000", "64 bits"),
                arguments("let a = 99999999999999999999999", "1:9 E000", "64 bits"),
                arguments("let a = 12abc", "1:9 E000", "`12abc`"),
                arguments("let a = \"x\\q\"", "1:11 E000", "`\\q`"),
                arguments("let a = 'x", "1:9 E000", "unterminated string"),
                arguments("let a = 1 /* x", "1:11 E000", "unterminated comment"),
                arguments("let a = 1 § 2", "1:11 E000", "`§`"),
                arguments("let a = \"😀\" + b", "1:15 E000", "`b`"),
                arguments("let a = @2026-13-01", "1:9 E000", "timestamp"),
                arguments("let a =", "1:8 E000", "found the end of the program"),
                arguments("\uFEFFlet a = )", "1:9 E000", "`)`"),
                arguments("let a = 1\r⏎let b = )", "2:9 E000", "`)`"),
                arguments("let a = 10s", "1:9 E090", "duration"),
                arguments("let a = -", "1:10 E000", "expression"));
    }

    @ParameterizedTest
    @MethodSource({"declarations", "streams", "functions", "tokens"})
    void a_fault_has_its_code_and_place(String source, String at, String words) {
        assertThat(check(source).diagnostics()).anySatisfy(diagnostic -> matches(diagnostic, at, words));
    }

    private static void matches(Diagnostic diagnostic, String at, String words) {
        assertThat(place(diagnostic)).isEqualTo(at);
        assertThat(diagnostic.toString()).contains(words.split("\\|", -1));
    }

    private static String place(Diagnostic diagnostic) {
        return diagnostic.line() + ":" + diagnostic.column() + " " + diagnostic.code();
    }

    private static Checked check(String source) {
        return Vpl.check(source.replace("⏎", "\n"), Set.of());
    }
}
