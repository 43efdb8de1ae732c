package dev.skein.dashboard;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of a page, each in a tab of its own. */
abstract class OnPage {
    @RegisterExtension
    static final Browsers browsers = new Browsers();

    Tab tab;
    Page page;

    @BeforeEach
    void openTab() {
        tab = Tab.open(browsers.browser());
        page = tab.page;
    }

    @AfterEach
    void closeTab() {
        tab.close();
    }
}
