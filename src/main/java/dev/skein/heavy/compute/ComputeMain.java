package dev.skein.heavy.compute;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * What runs in the machine of one job: says that it is there, reads what to call and with what, calls it, writes what
 * it returned, and ends. What the job prints goes to the stream for errors, since the other one carries the answer.
 */
public final class ComputeMain {
    static final int READY = 'R';
    static final int DONE = 'D';
    static final int FAILED = 'F';
    static final int REQUEST_MAX = 64 << 20;
    private static final int OUT_OF_MEMORY = 3;
    private static final int NOTHING_TO_DO = 0;
    private static final String METHOD_MARK = "::";

    private ComputeMain() {}

    /** No arguments; exit 0 once the answer is written, 3 when memory was exhausted. */
    public static void main(String[] arguments) throws IOException {
        var answer = new DataOutputStream(System.out);
        var request = new DataInputStream(System.in);
        System.setOut(new PrintStream(System.err, true, StandardCharsets.UTF_8));
        rehearse();
        answer.write(READY);
        answer.flush();
        int end = NOTHING_TO_DO;
        try {
            var name = text(request);
            var input = text(request);
            write(answer, DONE, call(name, input));
        } catch (java.io.EOFException nobodyAsks) {
            end = NOTHING_TO_DO;
        } catch (OutOfMemoryError exhausted) {
            System.err.println("java.lang.OutOfMemoryError: " + exhausted.getMessage());
            end = OUT_OF_MEMORY;
        } catch (Throwable failed) {
            failed.printStackTrace();
            write(answer, FAILED, failed.getClass().getSimpleName() + ": " + failed.getMessage());
        }
        System.err.flush();
        Runtime.getRuntime().halt(end); // a job's own threads do not keep it
    }

    /** Goes the way of a job once, so that what it needs of the JDK is loaded before there is one. */
    private static void rehearse() throws IOException {
        var asked = new ByteArrayOutputStream();
        write(new DataOutputStream(asked), DONE, ComputeMain.class.getName() + METHOD_MARK + "same");
        var request = new DataInputStream(new ByteArrayInputStream(asked.toByteArray(), 1, asked.size()));
        try {
            call(text(request), "");
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What the rehearsal calls. */
    public static String same(String input) {
        return input;
    }

    private static String text(DataInputStream from) throws IOException {
        int length = from.readInt();
        if (length < 0 || length > REQUEST_MAX) {
            throw new IOException("a request of " + length + " bytes");
        }
        return new String(from.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static void write(DataOutputStream to, int what, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        to.write(what);
        to.writeInt(bytes.length);
        to.write(bytes);
        to.flush();
    }

    /** Calls {@code package.Class}, a function from text to text, or its static {@code package.Class::method}. */
    private static String call(String name, String input) throws Throwable {
        int mark = name.indexOf(METHOD_MARK);
        try {
            if (mark >= 0) {
                var method = Class.forName(name.substring(0, mark))
                        .getMethod(name.substring(mark + METHOD_MARK.length()), String.class);
                return String.valueOf(method.invoke(null, input));
            }
            var made = Class.forName(name).getConstructor().newInstance();
            if (made instanceof Function<?, ?> function) {
                return String.valueOf(apply(function, input));
            }
            throw new IllegalArgumentException(name + " is no java.util.function.Function of a String");
        } catch (InvocationTargetException thrown) {
            var cause = thrown.getCause();
            throw cause == null ? thrown : cause;
        }
    }

    @SuppressWarnings("unchecked") // what it takes is known only to itself; another type fails as it should
    private static Object apply(Function<?, ?> function, String input) {
        return ((Function<String, Object>) function).apply(input);
    }
}
