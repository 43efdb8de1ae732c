package dev.skein.review.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.review.run.ReviewParts.Register;
import dev.skein.review.run.Reviews.Origin;
import dev.skein.review.run.Reviews.View;
import org.junit.jupiter.api.Test;

/** What nodes of an older version leave out. */
class OlderVersionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_run_without_an_origin_and_patterns_has_none() throws Exception {
        var view = JSON.readValue(
                "{\"id\":\"r\",\"tasks\":{},\"findings\":{},\"skipped\":{},\"state\":\"done\"}", View.class);

        assertThat(view.origin()).isEqualTo(Origin.NONE);
        assertThat(view.include()).isEmpty();
        assertThat(view.exclude()).isEmpty();
    }

    @Test
    void a_directory_without_an_origin_is_nothing_but_a_directory() throws Exception {
        var register = JSON.readValue("{\"key\":\"k\",\"skipped\":{}}", Register.class);

        assertThat(register.origin()).isEqualTo(Origin.NONE);
        assertThat(register.paths()).isEmpty();
    }
}
