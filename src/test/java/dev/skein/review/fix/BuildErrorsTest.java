package dev.skein.review.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BuildErrorsTest {
    @Test
    void every_format_is_understood() {
        assertThat(one("src/a.c:3:7: error: expected ';'")).isEqualTo(error("src/a.c", 3, 7, "expected ';'"));
        assertThat(one("./a.c:3: fatal error: no.h: No such file")).isEqualTo(error("a.c", 3, 0, "no.h: No such file"));
        assertThat(one("/w/A.java:12: error: cannot find symbol"))
                .isEqualTo(error("/w/A.java", 12, 0, "cannot find symbol"));
        assertThat(one("[ERROR] /w/a b/A.java:[12,5] cannot find symbol"))
                .isEqualTo(error("/w/a b/A.java", 12, 5, "cannot find symbol"));
        assertThat(one("src/a.ts(3,14): error TS2322: Type 'a'."))
                .isEqualTo(error("src/a.ts", 3, 14, "TS2322: Type 'a'."));
        assertThat(one("./cmd/a.go:7:2: undefined: x")).isEqualTo(error("cmd/a.go", 7, 2, "undefined: x"));
        assertThat(one("e: file:///w/A.kt:3:5 Unresolved reference: x"))
                .isEqualTo(error("/w/A.kt", 3, 5, "Unresolved reference: x"));
        assertThat(one("make[1]: *** [Makefile:12: all] Error 2")).isEqualTo(error("Makefile", 12, 0, "all: Error 2"));
        assertThat(one("make: *** No rule to make target 'x'.  Stop."))
                .isEqualTo(error("", 0, 0, "No rule to make target 'x'.  Stop."));
        assertThat(one("/usr/bin/ld: a.o:(.text+0x5): undefined reference to `f'"))
                .isEqualTo(error("a.o", 0, 0, "undefined reference to `f'"));
    }

    @Test
    void what_takes_several_lines_is_put_together() {
        assertThat(BuildErrors.in(List.of("error[E0308]: mismatched types", "   --> src/main.rs:4:9", "    |")))
                .containsExactly(error("src/main.rs", 4, 9, "mismatched types"));
        assertThat(BuildErrors.in(List.of(
                        "Traceback (most recent call last):",
                        "  File \"a.py\", line 1, in <module>",
                        "    f()",
                        "  File \"b.py\", line 9, in f",
                        "NameError: name 'x' is not defined")))
                .containsExactly(error("b.py", 9, 0, "NameError: name 'x' is not defined"));
    }

    @Test
    void colours_and_repetitions_are_left_out_and_warnings_told_apart() {
        assertThat(BuildErrors.in(List.of("\u001B[1ma.c:1:2: \u001B[31merror: x\u001B[0m", "a.c:1:2: error: x")))
                .containsExactly(error("a.c", 1, 2, "x"));
        assertThat(one("a.c:1:2: warning: unused")).isEqualTo(new BuildError("a.c", 1, 2, true, "unused"));
    }

    @Test
    void what_is_no_complaint_is_passed_over() {
        assertThat(BuildErrors.in(List.of(
                        "[INFO] BUILD FAILURE", "12:03:04: started", "x".repeat(5_000) + ":1:1: error: y", "", "ok")))
                .isEmpty();
    }

    @Test
    void a_build_is_known_by_its_file() {
        assertThat(BuildTool.of(Set.of("pom.xml", "Makefile"))).contains(BuildTool.MAVEN);
        assertThat(BuildTool.of(Set.of("settings.gradle.kts"))).contains(BuildTool.GRADLE);
        assertThat(BuildTool.of(Set.of("Cargo.toml"))).contains(BuildTool.CARGO);
        assertThat(BuildTool.of(Set.of("go.mod", "Makefile"))).contains(BuildTool.GO);
        assertThat(BuildTool.of(Set.of("CMakeLists.txt"))).contains(BuildTool.CMAKE);
        assertThat(BuildTool.of(Set.of("package.json"))).contains(BuildTool.NPM);
        assertThat(BuildTool.of(Set.of("setup.py"))).contains(BuildTool.PYTHON);
        assertThat(BuildTool.of(Set.of("GNUmakefile"))).contains(BuildTool.MAKE);
        assertThat(BuildTool.of(Set.of("README.md"))).isEmpty();
    }

    @Test
    void a_projects_own_wrapper_builds_it() {
        assertThat(BuildTool.MAVEN.command(Set.of("pom.xml", "mvnw"))).startsWith("./mvnw", "-B");
        assertThat(BuildTool.MAVEN.command(Set.of("pom.xml"))).startsWith("mvn");
        assertThat(BuildTool.GRADLE.command(Set.of("gradlew"))).startsWith("./gradlew");
        assertThat(BuildTool.NPM.command(Set.of("package.json", "yarn.lock"))).containsExactly("yarn", "test");
    }

    private static BuildError one(String line) {
        assertThat(BuildErrors.in(List.of(line))).as(line).hasSize(1);
        return BuildErrors.in(List.of(line)).get(0);
    }

    private static BuildError error(String path, int line, int column, String message) {
        return new BuildError(path, line, column, false, message);
    }
}
