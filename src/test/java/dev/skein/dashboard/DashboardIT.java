package dev.skein.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.skein.http.live.LiveConfig;
import dev.skein.http.live.LiveServer;
import dev.skein.http.live.state.States;
import dev.skein.pipeline.Observation.Alert;
import dev.skein.pipeline.Workers.Pressure;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardIT extends OnPage {
    private static final int SOON_MILLIS = 1_000;
    private static final int LATER_MILLIS = 15_000;

    private static final String STATS = """
            {"counts":{"queued":1240,"running":12,"retrying":2,"parked":1,"succeeded":98000,"failed":17,"cancelled":4,
            "dead":3,"oldest_queued_millis":184000},"eta":{"low_seconds":130,"high_seconds":320},
            "pace":{"finished_per_minute":310,"failed_per_minute":2,"run_millis_p50":420,"run_millis_p95":2300},
            "types":[]}""";

    private final LiveServer server = new LiveServer(LiveConfig.DEFAULTS, DashboardIT::routes).start();

    @BeforeEach
    void show() {
        server.shown = Scenes.busy(Instant.now());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void it_shows_nodes_groups_and_alerts_and_the_browser_has_nothing_to_complain_about() {
        open("/");

        assertThat(page.locator(".top")).containsText("leader coordinator-1 epoch 7");
        assertThat(page.locator(".top")).containsText("nodes 5/6 up");
        assertThat(page.locator(".alerts")).containsText("worker-3 has sent no heartbeat");
        assertThat(page.locator(".card")).hasCount(6);
        assertThat(node("worker-2")).containsText("1.46 GiB");
        assertThat(node("worker-2").locator("svg"))
                .hasAttribute("aria-label", "1.46 GiB used, 1.17 GiB reserved, 2 GiB capacity");
        assertThat(page.locator("tbody tr").first()).containsText("review-events");
        assertThat(group("g1")).containsText("124 k → 122 k");
        assertThat(group("g1")).containsText("◆ LOW");
        assertThat(page.locator("[data-count=queued]")).containsText("1.24 k queued");
        assertThat(page.locator("[data-figure=oldest]")).hasText("3 m");
        assertThat(page.locator("[data-figure=eta]")).hasText("2 m – 5 m");
        assertThat(page.locator("[data-figure=failed]")).hasText("▲ 2");
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void a_worker_that_falls_silent_turns_red_with_its_word_and_glyph_within_a_second() {
        open("/");
        assertThat(node("worker-1")).hasAttribute("data-state", "READY");
        var before = color(node("worker-1"));

        server.shown = Scenes.with(server.shown, "worker-1", "UNHEALTHY");

        assertThat(node("worker-1"))
                .hasAttribute("data-state", "UNHEALTHY", new HasAttributeOptions().setTimeout(SOON_MILLIS));
        assertThat(node("worker-1")).containsText("▲ UNHEALTHY");
        assertThat(before).isEqualTo("rgb(27, 116, 67)");
        assertThat(node("worker-1").locator(".badge")).hasCSS("background-color", "rgb(180, 35, 44)");
        assertThat(page.locator(".top")).containsText("nodes 4/6 up");
    }

    @Test
    void a_new_group_and_a_node_that_left_are_seen_within_a_second() {
        open("/");
        assertThat(page.locator(".card")).hasCount(6);
        var groups = Map.of("g9", Scenes.group("g9", "fresh", 7, Pressure.OK));
        var left = Scenes.without(server.shown, "worker-4");

        server.shown = States.of(left.nodes(), groups, Map.of());

        assertThat(page.locator("tbody")).containsText("fresh", new ContainsTextOptions().setTimeout(SOON_MILLIS));
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(node("worker-4")).containsText("✕ GONE");
        assertThat(page.locator(".alerts")).containsText("No open alerts");
    }

    @Test
    void hostile_names_are_text_and_nothing_else() {
        var markup = "<img src=x onerror=alert(1)><script>alert(2)</script>";
        var bidi = "safe\u202Egnp.exe\u0000\u200B";
        var long100k = "L".repeat(100 * 1024);
        var prototype = "__proto__";
        var nodes = Map.of(
                markup, Scenes.node(markup, "READY", markup),
                bidi, Scenes.node(bidi, "<b>ODD</b>", "worker"),
                long100k, Scenes.node(long100k, "READY", "constructor"),
                prototype, Scenes.node(prototype, "READY", "worker"));
        var groups = Map.of("javascript:alert(3)", Scenes.group("javascript:alert(3)", markup, 1, Pressure.OK));
        var alerts = Map.of("constructor", new Alert("constructor", "toString", markup + bidi, Instant.now()));
        server.shown = States.of(nodes, groups, alerts);

        open("/");

        assertThat(page.locator(".card")).hasCount(4);
        assertThat(page.locator(".topology")).containsText("<img src=x onerror=alert(1)>");
        assertThat(page.locator(".topology")).containsText("safe⟨U+202E⟩gnp.exe␀⟨U+200B⟩");
        assertThat(page.locator(".topology")).containsText("characters)");
        assertThat(page.locator("#app img, #app script, #app b b")).hasCount(0);
        page.locator("tbody a").click();
        assertThat(page.locator("dialog h2")).containsText("<script>");
        assertThat(tab.horizontalOverflow()).isZero();
        assertThat(tab.complaints).allMatch(complaint -> complaint.contains("404")); // this node has no other API
    }

    @Test
    void the_keyboard_is_enough() {
        open("/");
        assertThat(page.locator(".card")).hasCount(6);

        page.keyboard().press("?");
        assertThat(page.locator("dialog")).containsText("Keyboard");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        press("g", "t");
        assertThat(page.locator("#topology")).isFocused();
        press("g", "p");
        assertThat(page.locator("#pipelines")).isFocused();
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog h2")).hasText("worker-3");
        assertThat(page).hasURL(Pattern.compile(".*\\?node=worker-3$"));
        page.keyboard().press("Escape");
        assertThat(node("worker-3")).isFocused();
        page.keyboard().press("/");
        page.keyboard().type("state = BUSY");
        assertThat(page.locator(".card")).hasCount(1);
        page.keyboard().press("Escape");
        page.keyboard().press("p");
        assertThat(page.locator("#live")).containsText("Paused");
    }

    @Test
    void pausing_holds_the_picture_and_resuming_brings_it_up_to_date() {
        open("/");
        assertThat(page.locator("#live")).containsText("Live");
        page.locator("#live").click();
        server.shown = Scenes.with(server.shown, "worker-1", "UNHEALTHY");
        assertThat(page.locator("#live")).containsText("Paused · 2 s behind");
        assertThat(node("worker-1")).hasAttribute("data-state", "READY");

        page.locator("#live").click();

        assertThat(node("worker-1"))
                .hasAttribute("data-state", "UNHEALTHY", new HasAttributeOptions().setTimeout(SOON_MILLIS));
    }

    @Test
    void it_fits_without_scrolling_and_is_usable_on_a_telephone() {
        open("/");
        assertThat(page.locator(".card")).hasCount(6);
        assertThat(page.evaluate("document.documentElement.scrollHeight <= innerHeight"))
                .isEqualTo(true);
        assertThat(tab.horizontalOverflow()).isZero();

        page.setViewportSize(360, 740);

        assertThat(tab.horizontalOverflow()).isZero();
        assertThat(page.evaluate("document.querySelector('#pipelines').getBoundingClientRect().left < 20"))
                .isEqualTo(true);
    }

    @Test
    void many_nodes_are_a_heat_grid_that_still_opens() {
        server.shown = Scenes.wide(100);
        open("/");

        assertThat(page.locator(".cell")).hasCount(100);
        assertThat(page.locator(".cell[data-state=UNHEALTHY]")).hasCount(14);
        page.locator(".cell").first().click();
        assertThat(page.locator("dialog h2")).hasText("worker-7");
        assertThat(page.locator(".nothing")).containsText("No pipeline group deployed.");
    }

    @Test
    void it_comes_back_by_itself_when_the_server_does() {
        open("/");
        assertThat(page.locator("#live")).containsText("Live");
        server.stop();
        assertThat(page.locator("#live")).containsText("next try in");
        assertThat(page.locator(".card")).hasCount(6);
        server.shown = Scenes.with(server.shown, "worker-3", "READY");

        server.start();

        assertThat(page.locator("#live")).containsText("Live", new ContainsTextOptions().setTimeout(LATER_MILLIS));
        assertThat(node("worker-3")).hasAttribute("data-state", "READY");
    }

    @Test
    void where_no_websocket_gets_through_it_polls_and_says_so() {
        page.routeWebSocket("**/api/v1/live*", WebSocketRoute::close);
        open("/");

        assertThat(page.locator("#live")).containsText("Polling", new ContainsTextOptions().setTimeout(LATER_MILLIS));
        assertThat(page.locator(".card")).hasCount(6);
        server.shown = Scenes.with(server.shown, "worker-1", "UNHEALTHY");

        assertThat(node("worker-1"))
                .hasAttribute("data-state", "UNHEALTHY", new HasAttributeOptions().setTimeout(LATER_MILLIS));
    }

    @Test
    void a_token_comes_in_the_fragment_and_leaves_the_address_at_once() {
        server.token = "a.b.c";
        open("/#token=a.b.c");

        assertThat(page.locator(".card")).hasCount(6);
        assertThat(page).hasURL(server.url("/"));
        assertThat(page.evaluate("localStorage.length")).isEqualTo(0);
        page.reload();
        assertThat(page.locator(".card")).hasCount(6);
    }

    @Test
    void whoever_is_unknown_signs_in_in_place_and_goes_on_where_they_were() {
        server.token = "a.b.c";
        open("/?q=worker-1");
        assertThat(page.locator("dialog")).containsText("Token or API key");

        page.locator("#credential").fill("a.b.wrong");
        page.locator("dialog button.main").click();
        assertThat(page.locator("dialog")).containsText("not accepted");
        page.locator("#credential").fill("a.b.c");
        page.locator("dialog button.main").click();

        assertThat(page.locator(".card")).hasCount(1);
        assertThat(page).hasURL(server.url("/?q=worker-1"));
    }

    @Test
    void a_token_that_ends_dims_the_page_and_asks_for_another() {
        server.expiry = Instant.now().plusSeconds(2);
        open("/");
        assertThat(page.locator(".card")).hasCount(6);
        assertThat(page.locator(".who")).containsText("ends in");

        assertThat(page.locator("dialog")).containsText("Your token has ended.");

        assertThat(page.locator(".card")).hasCount(6);
        server.expiry = null;
        page.locator("#credential").fill("another");
        page.keyboard().press("Enter");
        assertThat(page.locator("#live")).containsText("Live");
    }

    @Test
    void without_a_coordinator_it_says_so_and_what_to_do() {
        server.hasLeader = false;
        open("/");
        assertThat(page.locator("main")).containsText("No coordinator reachable at this node");
        assertThat(page.locator("main code")).containsText("bin/skein coordinator");

        server.hasLeader = true;
        assertThat(page.locator(".card")).hasCount(6);
        server.hasLeader = false;

        assertThat(page.locator(".top .bad").first()).containsText("Read-only: no coordinator since 00:0");
        assertThat(page.locator(".card")).hasCount(6);
    }

    @Test
    void the_theme_follows_the_system_until_somebody_chooses() {
        open("/");
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(243, 245, 248)");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(14, 18, 23)");

        page.locator("#theme").click();

        assertThat(page.locator("body")).hasCSS("background-color", "rgb(243, 245, 248)");
        page.reload();
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(243, 245, 248)");
    }

    /** What a node serves besides what is live. */
    private static void routes(Router router) {
        router.get("/api/v1/jobs/stats")
                .handler(call -> call.response()
                        .putHeader("content-type", "application/json")
                        .end(STATS));
        new Dashboard().routes(router);
    }

    private void open(String path) {
        page.navigate(server.url(path));
    }

    private void press(String first, String second) {
        page.keyboard().press(first);
        page.keyboard().press(second);
    }

    private Locator node(String id) {
        return page.locator("[data-node='" + id + "']");
    }

    private Locator group(String id) {
        return page.locator("[data-group='" + id + "']");
    }

    private static Object color(Locator card) {
        return card.locator(".badge").evaluate("badge => getComputedStyle(badge).color");
    }
}
