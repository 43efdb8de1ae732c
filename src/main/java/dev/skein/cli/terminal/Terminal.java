package dev.skein.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Scanner;

/** The three standard streams and what is at their other ends. */
public final class Terminal {
    private static final int COLUMNS_ELSEWHERE = 0;
    private static final int COLUMNS_UNKNOWN = 100;
    private static final String LAUNCHER_TTY = "skein.tty";
    private static final String LAUNCHER_COLUMNS = "skein.columns";

    private final Streams streams;
    private final Shape shape;

    /** Where bytes go to and come from. */
    public record Streams(InputStream in, OutputStream out, OutputStream err) {}

    /**
     * What the streams lead to.
     *
     * @param asks whether a person can be asked: input and error are a terminal
     * @param draws whether output is a terminal
     * @param progress whether error is a terminal
     * @param columns width of the output's terminal; 0 when it is none
     */
    public record Shape(boolean asks, boolean draws, boolean progress, int columns) {
        public static final Shape NONE = new Shape(false, false, false, COLUMNS_ELSEWHERE);
    }

    public Terminal(Streams streams, Shape shape) {
        this.streams = streams;
        this.shape = shape;
    }

    /** The streams of this process; the launcher says which of them are terminals. */
    public static Terminal ofProcess() {
        var streams = new Streams(
                System.in, new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
        var said = System.getProperty(LAUNCHER_TTY);
        if (said == null) {
            boolean all = isConsole();
            return new Terminal(streams, new Shape(all, all, all, all ? COLUMNS_UNKNOWN : COLUMNS_ELSEWHERE));
        }
        boolean draws = said.contains("1");
        int columns = draws ? Integer.getInteger(LAUNCHER_COLUMNS, COLUMNS_UNKNOWN) : COLUMNS_ELSEWHERE;
        return new Terminal(
                streams, new Shape(said.contains("0") && said.contains("2"), draws, said.contains("2"), columns));
    }

    /** Since Java 22 there is a console off a terminal too, but it says so. */
    private static boolean isConsole() {
        var console = System.console();
        if (console == null || Runtime.version().feature() < 22) {
            return console != null;
        }
        try {
            return (boolean) console.getClass().getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }

    public Shape shape() {
        return shape;
    }

    public InputStream in() {
        return streams.in;
    }

    /**
     * Writes data to standard output at once.
     *
     * @throws Failure when the reader has gone away, or when the text cannot be written
     */
    public void print(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    public void printLine(String text) {
        print(text + "\n");
    }

    /** Writes one line to standard error; that nobody can read it is no reason to fail. */
    public void say(String line) {
        sayPart(line + "\n");
    }

    /** Writes to standard error without ending the line. */
    public void sayPart(String text) {
        try {
            streams.err.write(text.getBytes(StandardCharsets.UTF_8));
            streams.err.flush();
        } catch (IOException closed) {
            return;
        }
    }

    /** Asks a person; the answer is stripped and in lower case, empty at the end of input. */
    public String ask(String question) {
        sayPart(question + " ");
        var scanner = new Scanner(streams.in, StandardCharsets.UTF_8);
        return scanner.hasNextLine() ? scanner.nextLine().strip().toLowerCase(Locale.ROOT) : "";
    }

    /** Everything on standard input. */
    public String readAll() {
        var all = new ByteArrayOutputStream();
        try {
            streams.in.transferTo(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private void write(byte[] bytes) {
        try {
            streams.out.write(bytes);
            streams.out.flush();
        } catch (IOException e) {
            var reason = String.valueOf(e.getMessage());
            if (reason.contains("roken pipe") || reason.contains("closed")) {
                throw Failure.of(ExitCode.PIPE_GONE, "the reader of the output went away");
            }
            throw Failure.of(ExitCode.FAILED, "the output could not be written").because(reason);
        }
    }
}
