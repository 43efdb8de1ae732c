package dev.skein.review.fix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How a project is built, by the file at its root that says so. Of several files the first of this list counts: a
 * Makefile or a package.json beside another build is usually a helper.
 */
public enum BuildTool {
    MAVEN(List.of("pom.xml"), List.of("mvn", "-B", "-q", "verify")),
    GRADLE(
            List.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"),
            List.of("gradle", "--no-daemon", "-q", "build")),
    CARGO(List.of("Cargo.toml"), List.of("cargo", "test", "--quiet")),
    GO(List.of("go.mod"), List.of("go", "test", "./...")),
    CMAKE(List.of("CMakeLists.txt"), List.of("sh", "-c", "cmake -S . -B build && cmake --build build")),
    NPM(List.of("package.json"), List.of("npm", "test")),
    PYTHON(List.of("pyproject.toml", "setup.py", "setup.cfg", "tox.ini"), List.of("python3", "-m", "pytest", "-q")),
    MAKE(List.of("Makefile", "makefile", "GNUmakefile"), List.of("make"));

    private static final String UNIX_WRAPPER = "./";

    private final List<String> markers;
    private final List<String> command;

    BuildTool(List<String> markers, List<String> command) {
        this.markers = markers;
        this.command = command;
    }

    /** @param names of the files at the root of the project */
    public static Optional<BuildTool> of(Collection<String> names) {
        return Arrays.stream(values())
                .filter(tool -> tool.markers.stream().anyMatch(names::contains))
                .findFirst();
    }

    /**
     * What builds and tests the project, unless the configuration says otherwise; the project's own wrapper where it
     * has one.
     *
     * @param names of the files at the root of the project
     */
    public List<String> command(Collection<String> names) {
        var wrapper = this == MAVEN ? "mvnw" : this == GRADLE ? "gradlew" : "";
        if (!names.contains(wrapper)) {
            return this == NPM && names.contains("yarn.lock") ? List.of("yarn", "test") : command;
        }
        var wrapped = new ArrayList<>(command);
        wrapped.set(0, UNIX_WRAPPER + wrapper);
        return List.copyOf(wrapped);
    }
}
