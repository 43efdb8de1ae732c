package dev.skein.index.sem.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitParserTest {
    private static final int MANY = 300_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x -> ",
                "(",
                "(A)",
                "a ? b : ",
                "a = ",
                "a.",
                "new A() { Object b = ",
                "switch (a) { default -> "
            })
    void code_that_is_nested_without_end_is_one_error_and_not_read_to_its_end(String part) {
        var text = "class A { Object a = " + part.repeat(MANY);

        var unit = new UnitParser().parse("A.java", text);

        assertThat(unit.errors())
                .extracting(SyntaxError::message)
                .first()
                .asString()
                .contains("too deeply");
    }

    @Test
    void types_in_types_without_end_are_one_error_and_the_next_file_is_read() {
        var parser = new UnitParser();

        var deep = parser.parse("A.java", "class A {".repeat(MANY));
        var next = parser.parse("B.java", "class B { int b; }");

        assertThat(deep.errors()).hasSize(1);
        assertThat(deep.tree().types).isNull();
        assertThat(next.errors()).isEmpty();
        assertThat(next.tree().types).hasSize(1);
    }

    @Test
    void ten_thousand_parentheses_are_read() {
        var text = "class A { int a = " + "(".repeat(10_000) + "1" + ")".repeat(10_000) + "; int b; }";

        var unit = new UnitParser().parse("A.java", text);

        assertThat(unit.errors()).isEmpty();
        assertThat(unit.tree().types[0].fields).hasSize(2);
    }

    @Test
    void reading_ends_when_nobody_waits_any_more() {
        var looks = new AtomicInteger();
        BooleanSupplier stopped = () -> looks.incrementAndGet() > 2;
        var text = "class A { int[] a = {" + "1, ".repeat(MANY) + "}; }";

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> new UnitParser(stopped).parse("A.java", text));
        assertThat(looks).hasValue(3);
    }
}
