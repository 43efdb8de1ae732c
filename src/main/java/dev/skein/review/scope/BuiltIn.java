package dev.skein.review.scope;

import dev.skein.review.scope.Skipped.Reason;
import dev.skein.review.scope.Wanted.Priority;
import dev.skein.review.scope.Wanted.Skip;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is left out, and what comes first, when nobody says otherwise. */
public final class BuiltIn {
    private static final String VENDORED = """
            node_modules/ bower_components/ jspm_packages/ vendor/ vendors/ third_party/ third-party/
            thirdparty/ 3rdparty/ Godeps/ Pods/ Carthage/ .yarn/ .pnp.cjs gradlew gradlew.bat mvnw mvnw.cmd
            """;
    private static final String OUTPUT = """
            __pycache__/ .venv/ .tox/ .nox/ .mypy_cache/ .pytest_cache/ .ruff_cache/ .gradle/ .next/ .nuxt/
            .svelte-kit/ .parcel-cache/ .terraform/ .dart_tool/ *.egg-info/ .eggs/ .cache/ .nyc_output/ _build/
            bazel-*/
            """;
    private static final String LOCKS = """
            package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb Cargo.lock
            Gemfile.lock composer.lock poetry.lock Pipfile.lock pdm.lock uv.lock go.sum go.work.sum mix.lock
            pubspec.lock Podfile.lock Package.resolved packages.lock.json gradle.lockfile flake.lock conan.lock
            deno.lock .terraform.lock.hcl Chart.lock MODULE.bazel.lock
            """;
    private static final String LOGS = """
            *.log *.diff *.orig *.rej *.bak *.golden *.expected *.actual *.snap *.approved.txt *.received.txt *~
            *.swp
            """;
    private static final String GENERATED = """
            *.min.js *.min.css *.js.map *.css.map *.pb.go *_pb2.py *_pb2_grpc.py *.pb.cc *.pb.h *.g.dart
            *.freezed.dart *.designer.cs
            """;
    private static final String SECURITY = """
            auth authn authz authentication authorization security crypto cryptography tls ssl oauth oauth2 saml
            jwt session sessions login password passwords permission permissions acl secrets sandbox
            """;

    /** Left out unless a list is given in its place. */
    public static final List<Skip> SKIPS = skips();

    /** Directories whose faults do the most harm come first. */
    public static final List<Priority> PRIORITIES = named(SECURITY, 1);

    private BuiltIn() {}

    private static List<Skip> skips() {
        var all = new ArrayList<Skip>();
        all.addAll(named(VENDORED, Reason.VENDORED));
        all.addAll(named(OUTPUT, Reason.OUTPUT));
        all.add(beside("target/", "pom.xml", "Cargo.toml", "build.sbt", "project.clj"));
        all.add(beside(
                "build/",
                "build.gradle",
                "build.gradle.kts",
                "settings.gradle",
                "settings.gradle.kts",
                "CMakeLists.txt",
                "setup.py",
                "pyproject.toml",
                "package.json",
                "meson.build",
                "pubspec.yaml"));
        all.add(beside("dist/", "package.json", "setup.py", "pyproject.toml"));
        all.add(beside("out/", "package.json", "build.gradle", "build.gradle.kts", ".idea"));
        all.add(beside("coverage/", "package.json"));
        all.add(beside("bin/", ".classpath"));
        all.add(new Skip("/**/obj/project.assets.json", Reason.OUTPUT, List.of()));
        all.addAll(named(LOCKS, Reason.LOCK_FILE));
        all.addAll(named(LOGS, Reason.LOG));
        all.addAll(named(GENERATED, Reason.GENERATED));
        return List.copyOf(all);
    }

    private static Skip beside(String pattern, String... names) {
        return new Skip(pattern, Reason.OUTPUT, List.of(names));
    }

    private static List<Skip> named(String patterns, Reason reason) {
        return Pattern.compile("\\s+")
                .splitAsStream(patterns)
                .map(pattern -> new Skip(pattern, reason, List.of()))
                .toList();
    }

    private static List<Priority> named(String patterns, int priority) {
        return Pattern.compile("\\s+")
                .splitAsStream(patterns)
                .map(pattern -> new Priority(pattern, priority))
                .toList();
    }
}
