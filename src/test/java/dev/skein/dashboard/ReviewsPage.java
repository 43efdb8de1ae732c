package dev.skein.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route.FulfillOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Reviews on the page, with a node that reviews. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ReviewsPage extends OnPage {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final String REVIEWS = "/api/v1/reviews";
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final String SCRIPT = "<script>alert(2)</script>";
    private static final int MANY = 300;

    private final OneNode node;
    private String shop;
    private String moved;
    private String known;

    ReviewsPage(OneNode node) {
        this.node = node;
    }

    /** What most tests look at has ended before the first of them. */
    @BeforeAll
    void launch() throws IOException {
        write("shop/src/Order.java", """
                package shop;

                class Order {
                    String shown = "%s%s\u202E";

                    int parse(String text) {
                        try {
                            return Integer.parseInt(text);
                        } catch (NumberFormatException nobodyCares) {
                        }
                        return 0;
                    }
                }
                """.formatted(HOSTILE, SCRIPT));
        write("shop/doc/" + HOSTILE + ".txt", "<<<<<<< HEAD\n" + SCRIPT + "\n=======\nb\n>>>>>>> other\n");
        var note = "# " + "TO" + "DO: ";
        write(
                "shop/many/notes.py",
                IntStream.range(0, MANY).mapToObj(i -> note + i).collect(Collectors.joining("\n")));
        write(
                "moved/a/Old.java",
                "class Old {\n  void a() {\n    try { a(); } catch (RuntimeException e) { }\n  }\n}\n");
        write("known/a/Bad.java", "class Bad { void b() { try { b(); } catch (RuntimeException e) { } } }\n");
        shop = review("shop", "");
        moved = review("moved", "");
        known = review("known", "");
        for (var run : List.of(shop, moved, known)) {
            node.api.getUntil(
                    LONGEST,
                    REVIEWS + "/" + run,
                    answer -> answer.body().path("state").asText().equals("done"));
        }
    }

    private void write(String path, String text) throws IOException {
        var file = node.folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** A run of a directory; fields have a comma before each. */
    private String review(String directory, String fields) {
        var answer = node.api.post(REVIEWS, "{\"root\": \"%s\"%s}".formatted(node.folder.resolve(directory), fields));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.body().path("run").path("id").asText();
    }

    @Test
    void a_run_appears_while_somebody_looks_and_ends_with_all_lines_reviewed() throws IOException {
        write(
                "fresh/a/One.java",
                "class One { void empty() { try { toString(); } catch (RuntimeException e) { } } }\n");
        write("fresh/b/two.txt", "two\n");
        open("?view=reviews");
        assertThat(run(shop)).hasAttribute("data-state", "done");

        var fresh = review("fresh", "");

        assertThat(run(fresh)).hasAttribute("data-state", "done");
        assertThat(run(fresh).locator("[data-percent='100']")).containsText("2 of 2");
        assertThat(run(fresh).locator("[role=progressbar]")).hasAttribute("aria-valuenow", "100");
        assertThat(run(fresh)).containsText("100 %");
        assertThat(run(shop).locator("[data-level=high]")).containsText("2 high");
        assertThat(tab.fits()).isTrue();
        run(fresh).locator("a.row").click();
        assertThat(page).hasURL(Pattern.compile("review=" + fresh));
        assertThat(page.locator("[data-sum=done]")).hasText("2 · 100 %");
        assertThat(page.locator("[data-coverage='100 %']")).containsText("of 2 lines in 2 files");
        assertThat(page.locator("[data-worker=solo]")).containsText("2 tasks");
        assertThat(page.locator("[data-list='recently done'] li")).hasCount(2);
        assertThat(tab.fits()).isTrue();
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void a_run_of_a_workspace_and_one_of_a_repository_say_so() {
        var named = "{\"name\": \"knownhere\", \"root\": \"%s\"}".formatted(node.folder.resolve("known"));
        assertThat(node.api.post("/api/v1/workspaces", named).status()).isEqualTo(201);
        var begun = node.api.post(REVIEWS, "{\"workspace\": \"knownhere\"}");
        var id = begun.body().path("run").path("id").asText();

        open("?view=reviews&review=" + id);

        assertThat(page.locator("[data-origin]")).hasCount(1);
        assertThat(page.locator("[data-origin=workspace]")).hasText("knownhere");
        page.route("**/api/v1/reviews/" + id, route -> {
            var answer = node.api.get(REVIEWS + "/" + id).body().deepCopy();
            ((ObjectNode) answer)
                    .put("git", "https://git.example.org/" + HOSTILE + ".git")
                    .put("ref", "v1")
                    .put("commit", "0f".repeat(20))
                    .remove("workspace");
            route.fulfill(
                    new FulfillOptions().setContentType("application/json").setBody(answer.toString()));
        });
        page.reload();
        assertThat(page.locator("[data-origin=repository]"))
                .hasText("https://git.example.org/" + HOSTILE + ".git at v1");
        assertThat(page.locator("[data-origin=commit]")).hasText("0f".repeat(20));
        assertThat(tab.fits()).isTrue();
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void a_run_that_goes_on_is_cancelled_and_what_failed_is_begun_anew() {
        var id = review("shop", ", \"name\": \"held\", \"labels\": [\"borne-by-nobody\"]");
        open("?view=reviews");
        assertThat(run(id)).hasAttribute("data-state", "running");
        assertThat(run(id).locator("[data-eta]")).hasText(Pattern.compile(".*[a-z].*"));
        run(id).locator("a.row").click();
        assertThat(page.locator("[data-list=next] li")).hasCount(3);

        page.locator(".run-head .actions button").click();
        assertThat(page.locator("dialog")).containsText("3 that wait");
        page.locator("dialog button.main").click();

        assertThat(page.locator(".run-head .badge")).containsText("incomplete");
        assertThat(page.locator("[data-list=failed]")).containsText("the run was cancelled");
        assertThat(page.locator(".run-head .actions button")).hasText("Retry failed");
        page.locator(".run-head .actions button").click();
        page.locator("dialog button.main").click();
        assertThat(page.locator(".run-head .badge")).containsText("running");
        assertThat(page.locator("[data-sum=failed]")).hasText("0");
        node.api.post(REVIEWS + "/" + id + "/cancel", "{}");
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void findings_are_narrowed_and_paged_worst_first() {
        open("?view=reviews&review=" + shop);
        assertThat(page.locator("[data-finding]").first()).hasAttribute("data-level", "high");
        page.locator("[data-count=info]").click();
        assertThat(page.locator("[data-finding]")).hasCount(250);
        page.locator("a.older").click();
        assertThat(page).hasURL(Pattern.compile("from=info"));
        assertThat(page.locator("[data-finding]")).hasCount(MANY - 250);

        page.locator(".finder a").click();
        page.locator("[name=rule]").fill("EmptyCatchBlock");
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-finding]")).hasCount(1);
        page.locator("[name=path]").fill("DOC/");
        page.keyboard().press("Enter");
        assertThat(page.locator(".findings .nothing")).containsText("No finding matches.");
        page.locator("[name=rule]").fill("");
        page.locator("[name=text]").fill("merge conflict");
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-finding]")).hasCount(1);
        page.locator("[name=level]").selectOption("low");
        assertThat(page.locator(".findings .nothing")).containsText("No finding matches.");
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void the_code_of_a_finding_is_shown_as_text_and_says_when_the_file_has_changed() throws IOException {
        open("?view=reviews&review=" + shop + "&text=nobodyCares");
        page.locator("[data-finding] a.row").first().click();
        assertThat(page.locator("[data-line='9'].meant, [data-line='10'].meant").first())
                .isVisible();
        assertThat(page.locator(".code")).containsText("nobodyCares");
        assertThat(page.locator("[data-changed]")).hasCount(0);

        open("?view=reviews&review=" + shop + "&text=merge");
        page.locator("[data-finding] a.row").click();
        assertThat(page.locator("[data-line='2']")).containsText(SCRIPT);
        assertThat(page.locator(".opened h3")).containsText(HOSTILE + ".txt");
        assertThat(page.locator("#app img, #app script")).hasCount(0);

        write("moved/a/Old.java", "class Other {}\n");
        open("?view=reviews&review=" + moved + "&rule=EmptyCatchBlock");
        page.locator("[data-finding] a.row").click();
        assertThat(page.locator("[data-changed]")).containsText("has changed since");
        assertThat(page.locator(".code")).containsText("class Other");
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void what_is_dismissed_is_gone_from_the_open_ones_also_after_a_reload() {
        open("?view=reviews&review=" + known + "&rule=EmptyCatchBlock");
        assertThat(page.locator("[data-finding]")).hasCount(1);
        page.locator("[data-finding] a.row").click();
        page.locator(".opened .actions button").click();
        page.locator("#reason").fill("as " + HOSTILE);
        page.keyboard().press("Enter");

        assertThat(page.locator(".findings .nothing")).containsText("No finding matches.");
        assertThat(page.locator("[data-count=suppressed]")).hasText("1 dismissed");
        page.reload();
        assertThat(page.locator(".findings .nothing")).containsText("No finding matches.");
        page.locator("[data-count=suppressed]").click();
        assertThat(page.locator("[data-finding]")).hasCount(1);
        page.locator("[data-finding] a.row").click();
        assertThat(page.locator(".opened")).containsText("as " + HOSTILE + " (admin)");
        assertThat(page.locator(".opened .actions")).hasCount(0);
        assertThat(page.locator("#app img")).hasCount(0);
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void hostile_words_of_a_model_are_text() {
        page.route(
                Pattern.compile("/findings\\?"),
                route -> route.fulfill(
                        new FulfillOptions().setContentType("application/json").setBody("""
                {"findings": [{"path": "../../%1$s", "start_line": 1, "end_line": 1, "rule": "%2$s",
                  "severity": "%1$s", "confidence": 0.5, "message": "%1$s\\u202Etxt%2$s", "suggestion": "%2$s",
                  "engine": "%1$s", "model": "javascript:alert(3)", "fingerprint": "f", "quote": "%2$s"}],
                 "rules": [], "gaps": []}""".formatted(
                                        HOSTILE, SCRIPT))));
        open("?view=reviews&review=" + shop + "&level=high&finding=f");

        assertThat(page.locator(".opened .message")).containsText(HOSTILE + "⟨U+202E⟩txt" + SCRIPT);
        assertThat(page.locator(".opened")).containsText("The code is not available");
        assertThat(page.locator("[data-finding]")).containsText("? " + HOSTILE.substring(0, 20));
        assertThat(page.locator("#app img, #app script")).hasCount(0);
        assertThat(tab.horizontalOverflow()).isZero();
        assertThat(tab.complaints).allMatch(complaint -> complaint.contains("404")); // there is no such file
    }

    @Test
    void who_may_only_look_is_offered_nothing_else() throws IOException {
        page.navigate(node.pageOfViewer("?view=reviews&review=" + shop + "&rule=EmptyCatchBlock"));
        page.locator("[data-finding] a.row").click();

        assertThat(page.locator(".code")).containsText("nobodyCares");
        assertThat(page.locator(".actions")).hasCount(0);
        assertThat(tab.complaints).isEmpty();
    }

    @Test
    void the_keyboard_leads_to_a_finding_and_back_and_every_control_has_a_name() {
        open("");
        assertThat(page.locator("[data-node=solo]")).hasCount(1);
        page.keyboard().press("g");
        page.keyboard().press("r");
        assertThat(page.locator("#reviews")).isFocused();
        assertThat(run(shop)).isVisible();
        assertThat(tab.nameless()).isEmpty();
        run(shop).locator("a.row").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-finding]").first()).isVisible();
        page.keyboard().press("/");
        assertThat(page.locator("[name=text]")).isFocused();
        page.keyboard().press("Escape");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page.locator(".opened")).hasCount(1);
        assertThat(page.locator(".code")).isVisible();
        assertThat(tab.nameless()).isEmpty();

        page.setViewportSize(360, 740);
        assertThat(tab.horizontalOverflow()).isZero();
        page.keyboard().press("Escape");
        assertThat(page.locator(".opened")).hasCount(0);
        page.keyboard().press("Escape");
        assertThat(run(shop)).isVisible();
        assertThat(tab.horizontalOverflow()).isZero();
        assertThat(page.locator("nav [aria-current=page]")).hasText("Reviews");
    }

    private void open(String query) {
        page.navigate(node.page(query));
    }

    private Locator run(String id) {
        return page.locator("[data-review='" + id + "']");
    }
}
