package dev.skein.dashboard;

import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The system's own Chromium, driven from outside; where there is none, the test is skipped and says why. */
final class Browsers implements AutoCloseable {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    final Browser browser;

    private Browsers(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Browsers open() {
        var chromium = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        if (chromium == null) {
            var reason = "skipped: no Chromium at " + PLACES + " (apt-get install chromium)";
            System.out.println(reason);
            return abort(reason);
        }
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var options = new LaunchOptions().setExecutablePath(chromium).setArgs(QUIET);
        return new Browsers(playwright, playwright.chromium().launch(options));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
