package dev.skein.dashboard;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Pages of one node with every role. Those of jobs come first, for reviews are done by jobs too. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class NodePagesIT {
    @RegisterExtension
    static final Browsers browsers = OnPage.browsers; // one for all

    @TempDir
    static Path folder;

    private static OneNode node;

    @BeforeAll
    static void start() throws IOException {
        node = OneNode.start(folder);
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Nested
    @Order(1)
    class Jobs extends JobsPage {
        Jobs() {
            super(node);
        }
    }

    @Nested
    @Order(2)
    class Reviews extends ReviewsPage {
        Reviews() {
            super(node);
        }
    }
}
