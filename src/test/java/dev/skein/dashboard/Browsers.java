package dev.skein.dashboard;

import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The system's own Chromium, driven from outside, for a test class and those nested in it; where there is none, they
 * are skipped and say why.
 */
final class Browsers implements BeforeAllCallback, AfterAllCallback {
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

    private int users; // classes that have begun and not ended
    private Playwright playwright;
    private Browser browser;

    Browser browser() {
        return browser;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (users++ == 0) {
            open();
        }
    }

    private void open() {
        var chromium = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        if (chromium == null) {
            var reason = "skipped: no Chromium at " + PLACES + " (apt-get install chromium)";
            System.out.println(reason);
            abort(reason);
        }
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var options = new LaunchOptions().setExecutablePath(chromium).setArgs(QUIET);
        browser = playwright.chromium().launch(options);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--users > 0) {
            return;
        }
        if (playwright != null) {
            playwright.close(); // with its browser
        }
        playwright = null;
        browser = null;
    }
}
