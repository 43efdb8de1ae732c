package dev.skein.fault.turns;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Test classes with the tag {@value #ALONE}, which judge how long something takes, have the machine to themselves; two
 * others may run beside each other, in processes of their own. They agree by locks on one file, which the system gives
 * back when a process dies.
 */
public final class MachineTurns implements BeforeAllCallback, AfterAllCallback {
    /** Of classes that nothing runs beside. */
    public static final String ALONE = "alone";

    private static final Namespace HERE = Namespace.create(MachineTurns.class);
    private static final Path FILE = Path.of("target/machine.lock");

    private record Held(FileChannel channel, FileLock lock) {}

    private static boolean isNested(ExtensionContext context) {
        return context.getRequiredTestClass().getEnclosingClass() != null;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (isNested(context)) {
            return; // its outer class has the turn
        }
        var channel =
                FileChannel.open(FILE, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean isShared = !context.getTags().contains(ALONE);
        var lock = channel.lock(0, Long.MAX_VALUE, isShared);
        context.getStore(HERE).put(HERE, new Held(channel, lock));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        var held = context.getStore(HERE).remove(HERE, Held.class);
        if (held != null) {
            held.lock.release();
            held.channel.close();
        }
    }
}
