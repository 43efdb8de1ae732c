package dev.skein.heavy.compute;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
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
    static final int IMPOSSIBLE = 'I';
    static final int TOO_LARGE = 'L';
    static final int RESULT_MAX = 1 << 20;
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
            tell(answer, call(name, input));
        } catch (java.io.EOFException nobodyAsks) {
            end = NOTHING_TO_DO;
        } catch (NoSuchFunction impossible) {
            write(answer, IMPOSSIBLE, String.valueOf(impossible.getMessage()));
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

    /** One that is too large is not made into bytes, for which there may be no room. */
    private static void tell(DataOutputStream to, String result) throws IOException {
        if (result.length() > RESULT_MAX) {
            var said = "the result has %d characters, at most %d are taken".formatted(result.length(), RESULT_MAX);
            write(to, TOO_LARGE, said);
        } else {
            write(to, DONE, result);
        }
    }

    /** There is nothing to call, today or at the next attempt. */
    private static final class NoSuchFunction extends Exception {
        private static final long serialVersionUID = 1;

        NoSuchFunction(String message) {
            super(message);
        }
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
                var method = method(named(name.substring(0, mark)), name.substring(mark + METHOD_MARK.length()));
                return String.valueOf(method.invoke(null, input));
            }
            return String.valueOf(apply(made(named(name)), input));
        } catch (InvocationTargetException thrown) {
            var cause = thrown.getCause();
            throw cause == null ? thrown : cause;
        }
    }

    private static Class<?> named(String name) throws NoSuchFunction {
        try {
            return Class.forName(name, false, ComputeMain.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new NoSuchFunction("the class " + name + " is not on the job class path");
        }
    }

    private static Method method(Class<?> in, String name) throws NoSuchFunction {
        try {
            var method = in.getMethod(name, String.class);
            if (Modifier.isStatic(method.getModifiers())) {
                return method;
            }
        } catch (NoSuchMethodException missing) {
            // told below, as one that is not static is
        }
        throw new NoSuchFunction(
                "the class " + in.getName() + " has no public static method " + name + " that takes one String");
    }

    private static Function<?, ?> made(Class<?> type) throws ReflectiveOperationException, NoSuchFunction {
        if (!Function.class.isAssignableFrom(type)) {
            throw new NoSuchFunction("the class " + type.getName() + " is no java.util.function.Function");
        }
        try {
            return (Function<?, ?>) type.getConstructor().newInstance();
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException unfit) {
            throw new NoSuchFunction("the class " + type.getName() + " has no public constructor without arguments");
        }
    }

    @SuppressWarnings("unchecked") // what it takes is known only to itself; another type fails as it should
    private static Object apply(Function<?, ?> function, String input) {
        return ((Function<String, Object>) function).apply(input);
    }
}
