package dev.skein.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that stands for a node: says what it was told and ends with its standard input, or at once. */
public final class FakeNode {
    private FakeNode() {}

    public static void main(String[] arguments) throws IOException {
        var conf = Files.readString(Path.of(arguments[arguments.length - 1]));
        System.out.println(conf);
        if (arguments[0].equals("broken")) {
            System.out.println("no good reason");
            System.exit(3);
        }
        if (System.in.read() < 0) {
            System.exit(0);
        }
    }
}
