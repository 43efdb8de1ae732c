package dev.skein.cli.child;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this program is started once more. */
public final class NodeProgram {
    private NodeProgram() {}

    /** The jar it runs from, or the directory of its classes when it was not packaged. */
    public static Path jar() {
        try {
            return Path.of(NodeProgram.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Words before its arguments.
     *
     * @param heap as {@code -Xmx640m}
     */
    public static List<String> command(String heap) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(heap, "-XX:+UseSerialGC"));
        if (Files.isDirectory(jar())) {
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.skein.Main"));
        } else {
            command.addAll(List.of("-jar", jar().toString()));
        }
        return command;
    }
}
