package dev.skein.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;

/** A fresh tab of the size of a small screen, in light colours, with all that its browser complains about. */
final class Tab implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final String NAMELESS = """
            [...document.querySelectorAll(
                'a, button, input, select, summary, svg[role], pre[tabindex], dialog, section')]
              .filter(part => !(part.getAttribute('aria-label') || part.labels?.length || part.title
                || part.tagName !== 'SECTION' && part.textContent.trim()))
              .map(part => part.outerHTML.slice(0, 200))""";

    final Page page;

    /** Of the console, of scripts that failed, and dialogs that nobody wanted. */
    final List<String> complaints = new ArrayList<>();

    private final BrowserContext context;

    private Tab(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
    }

    static Tab open(Browser browser) {
        var options = new NewContextOptions().setViewportSize(1280, 800).setColorScheme(ColorScheme.LIGHT);
        var tab = new Tab(browser.newContext(options));
        var page = tab.page;
        page.setDefaultTimeout(PATIENCE_MILLIS);
        setDefaultAssertionTimeout(PATIENCE_MILLIS);
        page.onConsoleMessage(message -> tab.complaints.add(message.type() + ": " + message.text()));
        page.onPageError(tab.complaints::add);
        page.onDialog(dialog -> tab.complaints.add("dialog: " + dialog.message()));
        return tab;
    }

    /** Whether all is seen without scrolling. */
    boolean fits() {
        return (boolean) page.evaluate("document.documentElement.scrollHeight <= innerHeight")
                && horizontalOverflow() == 0;
    }

    int horizontalOverflow() {
        return (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** Controls and pictures that somebody who does not see them is told nothing about. */
    List<?> nameless() {
        return (List<?>) page.evaluate(NAMELESS);
    }

    @Override
    public void close() {
        context.close();
    }
}
