package dev.skein.process;

/** Takes what a command writes, as it comes, on one thread for each stream; it may block, which slows the command. */
@FunctionalInterface
public interface Output {
    /** @param error whether it comes from the stream for errors */
    void write(boolean error, byte[] bytes, int length);
}
