package dev.skein.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The counter of one thing that can grow. Thread-safe; never below zero; closing it removes its bytes. */
public final class Registration implements AutoCloseable {
    private final String name;
    private final Category category;
    private final @Nullable Evictor evictor;
    private final Consumer<Registration> closing;
    private final AtomicLong bytes = new AtomicLong();

    Registration(String name, Category category, @Nullable Evictor evictor, Consumer<Registration> closing) {
        this.name = name;
        this.category = category;
        this.evictor = evictor;
        this.closing = closing;
    }

    public String name() {
        return name;
    }

    public Category category() {
        return category;
    }

    @Nullable
    Evictor evictor() {
        return evictor;
    }

    public long bytes() {
        return bytes.get();
    }

    /** Says how much it holds now. */
    public void set(long now) {
        bytes.set(Math.max(0, now));
    }

    /** Adds to what it holds, or takes away. */
    public void add(long more) {
        bytes.updateAndGet(held -> Math.max(0, held + more));
    }

    @Override
    public void close() {
        bytes.set(0);
        closing.accept(this);
    }
}
