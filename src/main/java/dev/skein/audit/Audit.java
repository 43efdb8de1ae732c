package dev.skein.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where deeds are noted. Thread-safe, and never blocks. */
@FunctionalInterface
public interface Audit {
    /** Only the log; for tests and for parts that run without a data folder. */
    Audit LOG_ONLY = deed -> Lines.log.info("{} {} {} {}", deed.what(), deed.who(), deed.target(), deed.outcome());

    void note(Deed deed);

    /** Holder of the logger, which an interface cannot hide. */
    final class Lines {
        private static final Logger log = LoggerFactory.getLogger("dev.skein.audit");

        private Lines() {}
    }
}
