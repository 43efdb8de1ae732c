package dev.skein.cli;

import dev.skein.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One finished command: its exit code and what it wrote. */
public record Run(int exit, String out, String err, FakeHost host) {
    /** Runs a command off a terminal with nothing on its input. */
    public static Run of(String... arguments) {
        return with(Map.of(), "", arguments);
    }

    public static Run with(Map<String, String> environment, String input, String... arguments) {
        return on(Terminal.Shape.NONE, environment, input, arguments);
    }

    public static Run on(Terminal.Shape shape, Map<String, String> environment, String input, String... arguments) {
        var host = new FakeHost();
        host.environment.putAll(environment);
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        var terminal = new Terminal(new Terminal.Streams(in, out, err), shape);
        int exit = Cli.run(arguments, new Shell(terminal, host));
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), host);
    }

    /** The exit code of a command that writes to this output. */
    public static int into(OutputStream out, Map<String, String> environment, String... arguments) {
        var host = new FakeHost();
        host.environment.putAll(environment);
        var streams = new Terminal.Streams(InputStream.nullInputStream(), out, new ByteArrayOutputStream());
        return Cli.run(arguments, new Shell(new Terminal(streams, Terminal.Shape.NONE), host));
    }
}
