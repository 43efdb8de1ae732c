package dev.skein.client;

/** Hears of a job while it is followed; called on threads of the client, one call at a time. */
public interface JobListener {
    /** Its state or its progress is another than before; also said once at the beginning. */
    default void changed(JobInfo job) {}

    /** It wrote this, in order; what was lost because nobody asked in time is left out. */
    default void wrote(String text) {}
}
