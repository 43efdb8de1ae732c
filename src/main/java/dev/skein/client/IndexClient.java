package dev.skein.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.kernel.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The code index of one cluster. Answers are those of the API's contract; futures fail with a {@link Problem} that has
 * its code, and when cancelled end the call. Thread safe.
 */
public final class IndexClient {
    public static final int LOOK_MAX = 1_000;
    private static final String WORKSPACES = "/api/v1/workspaces";
    private static final int PAGE = 1_000;

    private final Exchange exchange;

    IndexClient(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The first thousand workspaces by name, below {@code workspaces}. */
    public CompletableFuture<JsonNode> workspaces() {
        return exchange.persistent(() -> exchange.call("GET", WORKSPACES + "?limit=" + PAGE, null, Duration.ZERO));
    }

    /** Adds a directory of the node that is asked. */
    public CompletableFuture<JsonNode> add(String name, String root) {
        var body = Exchange.JSON.createObjectNode().put("name", name).put("root", root);
        return exchange.call("POST", WORKSPACES, body, Duration.ZERO);
    }

    /**
     * Asks something about a workspace.
     *
     * @param question the last part of its address, such as {@code symbols} or {@code definition}
     */
    public CompletableFuture<JsonNode> ask(String workspace, String question, Map<String, ?> parameters) {
        var query = parameters.entrySet().stream()
                .map(each -> part(each.getKey()) + "=" + part(String.valueOf(each.getValue())))
                .collect(Collectors.joining("&"));
        var path = path(workspace) + "/" + question + (query.isEmpty() ? "" : "?" + query);
        return exchange.call("GET", path, null, Duration.ZERO);
    }

    /**
     * A text as somebody has it open.
     *
     * @param session whoever has it; one name for each life of an editor
     * @param path below the workspace's root
     * @param version higher with each text of one document
     */
    public record OpenText(String session, String path, int version, String text) {}

    /** Puts an unsaved text in the place of what is on disk, unless a newer version is there. */
    public CompletableFuture<JsonNode> edit(String workspace, OpenText open) {
        var body = Exchange.JSON
                .createObjectNode()
                .put("session", open.session)
                .put("version", open.version)
                .put("text", open.text);
        var address = path(workspace) + "/documents?path=" + part(open.path);
        return exchange.persistent(() -> exchange.call("PUT", address, body, Duration.ZERO));
    }

    /** Goes back to what is on disk. */
    public CompletableFuture<JsonNode> close(String workspace, String session, String path) {
        var address = path(workspace) + "/documents?path=" + part(path) + "&session=" + part(session);
        return exchange.call("DELETE", address, null, Duration.ZERO);
    }

    /** Says that a session lives, and answers what it has open. */
    public CompletableFuture<JsonNode> renew(String workspace, String session) {
        return exchange.call("POST", path(workspace) + "/sessions/" + part(session) + "/renew", null, Duration.ZERO);
    }

    /** Has files looked at that were saved, created, renamed or deleted; at most {@value #LOOK_MAX}. */
    public CompletableFuture<JsonNode> look(String workspace, List<String> paths) {
        var body = Exchange.JSON.createObjectNode();
        var list = body.putArray("paths");
        paths.forEach(list::add);
        return exchange.call("POST", path(workspace) + "/files/look", body, Duration.ZERO);
    }

    private static String path(String workspace) {
        return WORKSPACES + "/" + part(workspace);
    }

    private static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
