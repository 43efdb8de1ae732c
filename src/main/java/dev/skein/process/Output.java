package dev.skein.process;

/** Takes what a command writes, as it comes; called on one thread for each stream. May block, which slows the command. */
@FunctionalInterface
public interface Output {
    /** @param error whether it comes from the stream for errors */
    void write(boolean error, byte[] bytes, int length);
}
