package dev.skein.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.skein.http.live.LiveConfig;
import dev.skein.http.live.LiveServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DashboardIT {
    private static Browsers browsers;

    private final LiveServer server = new LiveServer(LiveConfig.DEFAULTS, new Dashboard()::routes).start();
    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void launch() {
        browsers = Browsers.open();
    }

    @AfterAll
    static void quit() {
        if (browsers != null) {
            browsers.close();
        }
    }

    @BeforeEach
    void newTab() {
        server.shown = Scenes.busy(Instant.now());
        context = browsers.browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1280, 800));
        page = context.newPage();
        page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
        page.onPageError(complaints::add);
    }

    @AfterEach
    void close() {
        context.close();
        server.close();
    }

    @Test
    void shots() throws Exception {
        page.navigate(server.url("/?theme=light"));
        page.waitForTimeout(4000);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("/tmp/shots/light.png")));
        page.navigate(server.url("/?theme=dark"));
        page.waitForTimeout(4000);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("/tmp/shots/dark.png")));
        page.navigate(server.url("/?theme=dark&node=worker-3"));
        page.waitForTimeout(1500);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("/tmp/shots/drawer.png")));
        page.setViewportSize(360, 740);
        page.navigate(server.url("/?theme=light"));
        page.waitForTimeout(1500);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("/tmp/shots/narrow.png")).setFullPage(true));
        page.setViewportSize(1280, 800);
        page.keyboard().press("?");
        page.waitForTimeout(300);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("/tmp/shots/help.png")));
        server.shown = Scenes.wide(100);
        page.navigate(server.url("/?theme=light"));
        page.waitForTimeout(1500);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("/tmp/shots/heat.png")));
        server.shown = Scenes.wide(40);
        page.waitForTimeout(1500);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("/tmp/shots/forty.png")));
        server.token = "a.b.c";
        page.navigate(server.url("/?theme=dark"));
        page.waitForTimeout(1000);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("/tmp/shots/signin.png")));
        System.out.println(complaints);
    }
}
