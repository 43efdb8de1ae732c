package dev.skein.cli.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.Shell;
import java.util.ArrayList;

/** What an answer about symbols is made of, for people. */
final class Coverage {
    private Coverage() {}

    /** Says what is missing and what may be old; nothing when all is well. */
    static void tell(Shell shell, JsonNode answer) {
        var missing = new ArrayList<String>();
        for (var each : answer.path("missing")) {
            var shard = each.path("shard").asText();
            missing.add(
                    (shard.isEmpty() ? "." : shard) + " (" + each.path("code").asText() + ")");
        }
        if (!missing.isEmpty()) {
            shell.terminal()
                    .say("note: %d of %d shards answered; missing: %s"
                            .formatted(
                                    answer.path("shards_answered").asInt(),
                                    answer.path("shards_total").asInt(),
                                    String.join(", ", missing)));
        }
        if (answer.path("stale").asBoolean()) {
            var asOf = answer.path("as_of").asText("");
            shell.terminal().say("note: some of it may be out of date" + (asOf.isEmpty() ? "" : ", as of " + asOf));
        }
    }
}
