package dev.skein.job.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.skein.kernel.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RivalTest {
    private static final Problem TAKEN = Problem.conflict("worker_id_taken", "the worker id w1 is in use by n2@9");

    private final Logger logger = (Logger) LoggerFactory.getLogger(Rival.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Rival rival = new Rival("w1");

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void another_node_of_the_same_id_is_told_once_until_it_is_gone() {
        rival.heard(null);
        rival.heard(Problem.busy("no_leader", "nobody leads"));
        rival.heard(TAKEN);
        rival.heard(TAKEN);
        rival.heard(Problem.busy("no_leader", "nobody leads"));
        rival.heard(TAKEN);
        rival.heard(null);
        rival.heard(TAKEN);

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "this node gets no jobs: the worker id w1 is in use by n2@9",
                        "w1 is this node's alone again, so it gets jobs",
                        "this node gets no jobs: the worker id w1 is in use by n2@9");
    }
}
