package dev.skein.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import dev.skein.auth.Role;
import dev.skein.auth.Tokens;
import dev.skein.fault.nodes.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The index on the page, with a worker that has the shards and at last dies. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IndexPageIT extends OnPage {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final String APP = "/api/v1/workspaces/app";
    private static final String HOSTILE = "<img src=x onerror=alert(1)>.java";

    @TempDir
    static Path folder;

    private static TestCluster cluster;
    private static String token;

    @BeforeAll
    static void launch() throws IOException {
        write("src/main/java/shop/Order.java", """
                package shop;
                public class Order {
                    /** How much it comes to. */
                    @Deprecated long priceInCents(int discount) { return 0; }
                    record Line(String article, int amount) {}
                }
                """);
        write("src/main/java/shop/" + HOSTILE, "class \0\0\0 {}");
        write("src/test/java/shop/OrderTest.java", "package shop; class OrderTest { void adds_up() {} }");
        cluster = TestCluster.start(folder, 1);
        var data = folder.resolve(TestCluster.coordinatorId(0) + "-data");
        token = Tokens.issue(data, "anna", Role.VIEWER, Duration.ofMinutes(10)).token();
        var added = cluster.api.post(
                "/api/v1/workspaces", "{\"name\": \"app\", \"root\": \"%s\"}".formatted(folder.resolve("app")));
        assertThat(added.status()).as("%s", added).isEqualTo(201);
        awaitWhole();
    }

    private static void write(String path, String text) throws IOException {
        var file = folder.resolve("app").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void awaitWhole() {
        cluster.api.getUntil(
                LONGEST,
                APP + "/status",
                answer -> !answer.body().path("partial").asBoolean(true)
                        && !answer.body().path("stale").asBoolean(true));
    }

    @AfterAll
    static void quit() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void shards_are_shown_with_who_has_them_and_what_is_not_in_them() {
        open("?view=index");

        assertThat(page.locator("[data-workspace=app]")).containsText("2 shards on 1 worker");
        assertThat(page.locator("[data-shard]")).hasCount(2);
        assertThat(shard("src/main/java")).containsText("worker-0");
        assertThat(shard("src/main/java")).hasAttribute("data-state", "fresh");
        assertThat(shard("src/test/java")).containsText(Pattern.compile("● fresh"));
        assertThat(page.locator(".faults summary")).containsText("1 file is not in the index");
        page.locator(".faults summary").click();
        assertThat(page.locator(".faults li")).hasText("src/main/java/shop/" + HOSTILE + " is not text");
        assertThat(page.locator("#app img")).hasCount(0);
        assertThat(page.locator("[data-flag]")).hasCount(0);
        assertThat(tab.fits()).isTrue();
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void the_keyboard_finds_a_symbol_and_opens_the_outline_of_its_file() {
        open("");
        assertThat(page.locator("[data-node=worker-0]")).hasCount(1);
        page.keyboard().press("g");
        page.keyboard().press("s");
        assertThat(page.locator("#workspaces")).isFocused();
        assertThat(page.locator(".hits")).containsText("Type letters of a name");
        page.keyboard().press("/");
        page.keyboard().type("pcents");

        assertThat(page.locator("[data-symbol]")).hasCount(1);
        assertThat(page.locator("[data-symbol=priceInCents]")).hasText("priceInCents(int)methodshop.OrderOrder.java:4");
        assertThat(page.locator(".hits [role=status]")).hasText("1 match");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");

        assertThat(page.locator(".outline h2")).hasText("Order.java");
        assertThat(page.locator(".outline li[aria-current]")).containsText("priceInCents(int) : long");
        assertThat(page.locator(".outline li.depth-2")).containsText(new String[] {"priceInCents", "Line"});
        assertThat(page).hasURL(Pattern.compile("file=src%2Fmain%2Fjava%2Fshop%2FOrder.java&line=4"));
        assertThat(tab.fits()).isTrue();
        page.keyboard().press("Escape");
        assertThat(page.locator(".outline")).hasCount(0);
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void a_search_is_narrowed_and_says_when_nothing_matches() {
        open("?view=index&symbol=order");
        assertThat(page.locator("[data-symbol]")).hasCount(2);
        page.locator("[name=kind]").selectOption("fields");
        assertThat(page.locator(".hits")).containsText("No symbol matches.");
        assertThat(page).hasURL(Pattern.compile("kind=fields"));
        page.locator("[name=symbol]").fill("article");
        assertThat(page.locator("[data-symbol=article]")).hasCount(1);

        open("?view=index&workspace=none");
        assertThat(page.locator(".shards")).containsText("There is no workspace none");
    }

    @Test
    @Order(Integer.MAX_VALUE) // nobody brings the worker back
    void what_is_missing_is_flagged_while_the_owner_is_gone() throws InterruptedException {
        open("?view=index&symbol=order");
        assertThat(page.locator("[data-symbol]")).hasCount(2);

        cluster.worker(0).kill();

        assertThat(page.locator(".shards [data-flag=partial]")).hasText("◆ PARTIAL 0 of 2 shards");
        assertThat(page.locator(".hits [data-flag=partial]")).hasText("◆ PARTIAL 0 of 2 shards");
        assertThat(page.locator("[data-shard] .badge.bad")).hasCount(2);
        assertThat(page.locator(".hits")).containsText("No symbol matches in the shards that answered.");
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void a_large_map_is_shown_a_part_at_a_time_with_how_far_each_shard_is() {
        var shards = IntStream.range(0, 250)
                .mapToObj("{\"root\": \"m%1$d\", \"worker\": \"worker-0\", \"epoch\": 1, \"files\": 400}"::formatted)
                .collect(Collectors.joining(","));
        answer("**" + APP, "{\"name\": \"app\", \"root\": \"/app\", \"shards\": [" + shards + "]}");
        answer("**" + APP + "/status", """
                {"shards": [{"root": "m42", "worker": "worker-0", "epoch": 1, "complete": false, "stale": true,
                             "files": 100, "symbols": 2000, "symbol_bytes": 9000, "faults": []}],
                 "shards_answered": 1, "shards_total": 250, "partial": true, "stale": true, "missing":
                 [{"shard": "m42", "code": "building"}, {"shard": "m7", "code": "unreachable"}]}""");

        open("?view=index&workspace=app");

        assertThat(page.locator("[data-shard]")).hasCount(100);
        assertThat(page.locator("[data-shard]").first()).hasAttribute("data-shard", "m7");
        page.locator(".shards .pages a", new Page.LocatorOptions().setHasText("After"))
                .click();
        page.locator(".shards .pages a", new Page.LocatorOptions().setHasText("After"))
                .click();
        assertThat(page.locator("[data-shard]")).hasCount(50);
        assertThat(shard("m42").locator("[role=progressbar]")).hasAttribute("aria-valuetext", "100 of about 400 files");
        assertThat(page.locator(".shards [data-flag=stale]")).hasCount(1);
    }

    @Test
    void every_control_has_a_name_and_all_fits_a_telephone() {
        open("?view=index&symbol=order&file=src%2Fmain%2Fjava%2Fshop%2FOrder.java&line=2");
        assertThat(page.locator(".outline li[aria-current]")).hasCount(1);
        assertThat(page.locator("[data-symbol]")).hasCount(2);
        assertThat(page.locator("[data-shard]")).hasCount(2);
        assertThat(tab.nameless()).isEmpty();

        page.setViewportSize(360, 740);

        assertThat(tab.horizontalOverflow()).isZero();
    }

    private void open(String query) {
        page.navigate("http://127.0.0.1:%d/%s#token=%s".formatted(cluster.port(), query, token));
    }

    private void answer(String path, String body) {
        page.route(
                path,
                route -> route.fulfill(
                        new FulfillOptions().setContentType("application/json").setBody(body)));
    }

    private Locator shard(String root) {
        return page.locator("[data-shard='" + root + "']");
    }
}
