package dev.skein.index.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Java sources in archives: the {@code -sources} jars on the class path of the tests, and a JDK's {@code src.zip}. */
public final class Corpus {
    private static final Path JDKS = Path.of("/usr/lib/jvm");
    private static final Path UNPACKED = Path.of("target/corpus");

    private Corpus() {}

    /** A file of an archive. */
    public record SourceFile(String path, byte[] bytes) {}

    /** The files of the sources of one library, by path. */
    public static List<SourceFile> library(String name) {
        return read(jar(name), "");
    }

    /** The files of the module {@code java.base} of the newest JDK that brings its sources; empty where none does. */
    public static List<SourceFile> jdk() {
        return jdkZip().map(zip -> read(zip, "java.base/")).orElse(List.of());
    }

    private static Path jar(String name) {
        for (var entry : System.getProperty("java.class.path").split(":")) {
            var file = Path.of(entry).getFileName().toString();
            if (file.startsWith(name + "-") && file.endsWith("-sources.jar")) {
                return Path.of(entry);
            }
        }
        throw new IllegalStateException("no sources of " + name + " on the class path");
    }

    private static Optional<Path> jdkZip() {
        try (var jdks = Files.list(JDKS)) {
            return jdks.map(jdk -> jdk.resolve("lib/src.zip"))
                    .filter(Files::isRegularFile)
                    .max(Path::compareTo);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<SourceFile> read(Path archive, String prefix) {
        var files = new ArrayList<SourceFile>();
        try (var zip = new ZipFile(archive.toFile())) {
            for (var entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                if (entry.getName().startsWith(prefix) && entry.getName().endsWith(".java")) {
                    var bytes = zip.getInputStream(entry).readAllBytes();
                    files.add(new SourceFile(entry.getName(), bytes));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** Everything unpacked below one directory, once for all runs. */
    public static Path unpacked() throws IOException {
        for (var name : List.of("guava", "spring-core", "hazelcast", "jdk")) {
            var root = UNPACKED.resolve(name);
            if (!Files.exists(root)) {
                unpack(name.equals("jdk") ? jdk() : library(name), root);
            }
        }
        return UNPACKED;
    }

    private static void unpack(List<SourceFile> files, Path root) throws IOException {
        for (var file : files) {
            var path = root.resolve(file.path());
            Files.createDirectories(path.getParent());
            Files.write(path, file.bytes());
        }
    }
}
