package dev.skein.http.live.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private static final Viewer ANNA = new Viewer("anna", "viewer", null);

    private Instant now = Instant.EPOCH;
    private final Tickets tickets = new Tickets(Duration.ofSeconds(30), () -> now);

    @Test
    void a_ticket_is_good_once_for_whom_it_was_made() {
        var ticket = tickets.issue(ANNA, "live").orElseThrow();

        assertThat(tickets.redeem(ticket, "live")).contains(ANNA);
        assertThat(tickets.redeem(ticket, "live")).isEmpty();
    }

    @Test
    void a_ticket_ends_after_its_life() {
        var ticket = tickets.issue(ANNA, "live").orElseThrow();

        now = now.plusSeconds(30);

        assertThat(tickets.redeem(ticket, "live")).isEmpty();
    }

    @Test
    void a_ticket_for_another_purpose_is_refused_and_spent() {
        var ticket = tickets.issue(ANNA, "upload").orElseThrow();

        assertThat(tickets.redeem(ticket, "live")).isEmpty();
        assertThat(tickets.redeem(ticket, "upload")).isEmpty();
    }

    @Test
    void the_store_is_bounded_and_empties_by_itself() {
        for (int i = 0; i < Tickets.TICKETS_MAX; i++) {
            assertThat(tickets.issue(ANNA, "live")).isPresent();
        }

        assertThat(tickets.issue(ANNA, "live")).isEmpty();
        now = now.plusSeconds(30);
        assertThat(tickets.issue(ANNA, "live")).isPresent();
    }
}
