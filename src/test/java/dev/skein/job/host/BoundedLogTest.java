package dev.skein.job.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedLogTest {
    @Test
    void a_log_keeps_its_end_and_says_what_was_dropped() {
        var log = new BoundedLog(1024);
        for (int i = 0; i < 1000; i++) {
            log.line("line " + i);
        }

        var tail = log.tail(0, 100_000);

        assertThat(tail.dropped()).isEqualTo(8890 - 1024);
        assertThat(tail.text()).endsWith("line 999\n");
        assertThat(tail.ended()).isFalse();
        log.end();
        assertThat(log.tail(tail.next(), 100).ended()).isTrue();
        assertThat(log.end(18)).isEqualTo("line 998\nline 999\n");
    }
}
