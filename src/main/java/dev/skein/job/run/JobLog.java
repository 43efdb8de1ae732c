package dev.skein.job.run;

/** Where a call writes for people. Bounded: what is too much is dropped, and it is said how much. Thread-safe. */
public interface JobLog {
    /** Which of the two streams of a process. */
    enum Stream {
        OUT,
        ERR
    }

    void write(Stream stream, byte[] bytes, int from, int length);

    /** One line of text. */
    void line(String text);
}
