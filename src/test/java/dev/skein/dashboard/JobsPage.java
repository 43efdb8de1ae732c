package dev.skein.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Jobs on the page, with a node that does them. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class JobsPage extends OnPage {
    private static final int MANY = 120;
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private final OneNode node;
    private String greedy;
    private String broken;

    JobsPage(OneNode node) {
        this.node = node;
    }

    /** What most tests look at has ended before the first of them. */
    @BeforeAll
    void launch() throws IOException {
        // what lives for less than 100 ms is not looked at, and has no peak
        greedy = node.script(
                "\"max_attempts\": 1, \"memory_bytes\": 67108864,", "echo begun; sleep 1; exec tail /dev/zero");
        broken = node.script("\"max_attempts\": 1, \"labels\": [\"team=core\"],", "echo lost the plot >&2; exit 7");
        var jobs = IntStream.range(0, MANY)
                .mapToObj(i -> "{\"type\": \"noop\", \"labels\": [\"many\"], \"payload\": " + i + "}")
                .collect(Collectors.joining(","));
        assertThat(node.api
                        .post("/api/v1/jobs:batch", "{\"jobs\": [" + jobs + "]}")
                        .status())
                .isEqualTo(202);
        node.ended(greedy);
        node.ended(broken);
    }

    @Test
    void each_number_of_the_first_screen_leads_to_a_list_of_that_many() {
        open("");
        assertThat(page.locator("[data-count=parked]")).hasText(Pattern.compile("1 parked"));
        assertThat(page.locator("[data-figure=eta]")).hasText("nothing waits");

        page.locator("[data-count=parked]").click();

        assertThat(page.locator("[data-job]")).hasCount(1);
        assertThat(job(greedy)).containsText("OOM_KILLED");
        assertThat(page).hasURL(Pattern.compile("state=parked&view=jobs"));
        assertThat(tab.fits()).isTrue();
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void a_list_of_many_is_a_page_at_a_time_and_is_narrowed_by_what_is_known() {
        open("?view=jobs&type=noop&label=many");
        assertThat(page.locator("[data-job]")).hasCount(50);
        page.locator(".older").click();
        assertThat(page).hasURL(Pattern.compile("after="));
        page.locator(".older").click();
        assertThat(page.locator("[data-job]")).hasCount(MANY - 100);
        assertThat(page.locator("a.older")).hasCount(0);

        page.locator(".finder a").click();
        page.locator("[name=error]").fill("exit code 7");
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-job]")).hasCount(1);
        assertThat(job(broken)).containsText("FAILED exit code 7: lost the plot");

        page.locator("[name=error]").fill("");
        page.locator("[name=label]").fill("team=core");
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-job]")).hasCount(1);
        page.locator("[name=label]").fill("team=none");
        page.keyboard().press("Enter");
        assertThat(page.locator(".job-list")).containsText("No job matches.");
        page.locator("[name=id]").fill(broken);
        page.keyboard().press("Enter");
        assertThat(page.locator("h2").first()).hasText(broken);
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void the_page_of_a_job_says_what_became_of_it_with_peak_and_cap() {
        open("?job=" + greedy);

        assertThat(page.locator("[data-outcome=OOM_KILLED]")).containsText("out of memory");
        assertThat(page.locator("[data-attempt]")).hasCount(2);
        assertThat(page.locator("[data-peak]")).containsText("cap 96 MiB");
        var peak = Long.parseLong(page.locator("[data-peak]").getAttribute("data-peak"));
        assertThat(peak).isBetween(1L, 110L << 20);
        assertThat(page.locator("[role=log]")).containsText("begun");
        page.locator(".payload").click();
        assertThat(page.locator("[data-of=payload]")).containsText("tail /dev/zero");
        assertThat(page.locator(".why")).containsText("Why it does not run");
        assertThat(tab.horizontalOverflow()).isZero();
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void a_log_is_followed_while_it_grows_and_the_job_is_cancelled_from_there() {
        var id = node.script("", "i=0; while :; do i=$((i+1)); echo line $i; sleep 0.2; done");
        open("?job=" + id);
        assertThat(page.locator("[role=log]")).containsText("line 3\n");
        assertThat(page.locator(".follow")).hasAttribute("aria-pressed", "true");

        page.locator(".actions button").click();
        assertThat(page.locator("dialog")).containsText("on solo are told to end");
        page.locator("#reason").fill("seen enough");
        page.keyboard().press("Enter");

        assertThat(page.locator(".job-head .badge").first()).hasText(Pattern.compile("cancelled"));
        assertThat(page.locator("[data-outcome=CANCELLED]")).containsText("seen enough");
        assertThat(page.locator(".actions button")).hasText("Retry");
        assertThat(page.locator(".log")).containsText("to its end");
    }

    @Test
    void what_waits_says_why_and_a_failed_job_is_retried() {
        var id = node.submit("{\"type\": \"noop\", \"delay_millis\": 600000}");
        open("?job=" + id);
        assertThat(page.locator("[data-reason=delayed]")).hasCount(1);
        page.locator(".actions button").click();
        page.locator("dialog button.main").click();
        assertThat(page.locator(".job-head .badge").first()).hasText(Pattern.compile("cancelled"));

        var again = node.script("\"max_attempts\": 1,", "exit 3");
        node.ended(again);
        open("?job=" + again);
        page.locator(".actions button").click();
        page.locator("dialog button.main").click();

        assertThat(page.locator("[data-attempt='2']")).hasCount(1);
    }

    @Test
    void who_may_only_look_is_offered_nothing_else() throws IOException {
        page.navigate(node.pageOfViewer("?job=" + broken));

        assertThat(page.locator("[data-outcome=FAILED]")).containsText("exit code 7");
        assertThat(page.locator(".job-head")).containsText("needs operator");
        assertThat(page.locator(".actions")).hasCount(0);
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void hostile_words_of_a_job_are_text() {
        var id = node.script(
                "\"labels\": [\"%s\"],".formatted(HOSTILE),
                "printf '%s \\u001b[31mred\\u202E\\\\n'".formatted(HOSTILE));
        node.ended(id);
        open("?job=" + id);

        assertThat(page.locator("[role=log]")).containsText(HOSTILE + " red⟨U+202E⟩");
        assertThat(page.locator(".job-head .chip")).hasText(HOSTILE);
        assertThat(page.locator("#app img")).hasCount(0);
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void the_keyboard_leads_from_the_first_screen_to_a_job_and_back() {
        open("");
        assertThat(page.locator("[data-node=solo]")).hasCount(1);
        page.keyboard().press("g");
        page.keyboard().press("j");
        assertThat(page.locator("#jobs")).isFocused();
        assertThat(page.locator("[data-job]").first()).isVisible();

        page.keyboard().press("/");
        assertThat(page.locator("[name=id]")).isFocused();
        page.keyboard().press("Escape");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page.locator(".job-head")).isVisible();
        page.keyboard().press("Escape");

        assertThat(page.locator("[data-job]").first()).isVisible();
        assertThat(page.locator("nav [aria-current=page]")).hasText("Jobs");
    }

    @Test
    void rows_stay_where_they_are_while_somebody_points_at_them() {
        open("?view=jobs");
        var first = page.locator("[data-job]").first().getAttribute("data-job");
        job(first).hover();

        node.submit("{\"type\": \"noop\"}");

        assertThat(page.locator(".newer")).hasText(Pattern.compile("1 newer"));
        assertThat(page.locator("[data-job]").first()).hasAttribute("data-job", first);
        page.locator(".newer").click();
        assertThat(page.locator("[data-job]").first()).not().hasAttribute("data-job", first);
    }

    @Test
    void memory_is_shown_for_each_node_with_its_three_numbers_and_all_fits_a_telephone() {
        var id = node.script("\"memory_bytes\": 104857600,", "echo up; exec sleep 600");
        open("?view=jobs");
        assertThat(page.locator("[data-memory=solo] svg"))
                .hasAttribute("aria-label", Pattern.compile(".+ used, 100 MiB reserved, .+ capacity"));
        assertThat(page.locator("[data-holder=%s]".formatted(id))).containsText("100 MiB");
        assertThat(tab.fits()).isTrue();
        node.api.post("/api/v1/jobs/" + id + "/cancel", "{}");
        node.ended(id);

        page.setViewportSize(360, 740);

        assertThat(tab.horizontalOverflow()).isZero();
        page.keyboard().press("g");
        page.keyboard().press("m");
        assertThat(page.locator("#memory")).isFocused();
    }

    @Test
    void every_control_and_every_picture_has_a_name() {
        for (var view : List.of("", "?view=jobs", "?job=" + greedy)) {
            open(view);
            assertThat(page.locator("main .zone, main form").first()).isVisible();
            assertThat(page.locator("main svg[role=img]").first()).isVisible();

            assertThat(tab.nameless()).as(view).isEmpty();
        }
    }

    private void open(String query) {
        page.navigate(node.page(query));
    }

    private Locator job(String id) {
        return page.locator("[data-job='" + id + "']");
    }
}
