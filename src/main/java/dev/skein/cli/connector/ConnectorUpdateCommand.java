package dev.skein.cli.connector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import picocli.CommandLine.Command;

/** Replaces one. */
@Command(
        name = "update",
        description = {
            "Replace a connector; what runs keeps the old one until it is deployed again.",
            "A secret given as *** stays what it was."
        },
        footer = {
            "skein connector update broker --type mqtt --param host=10.0.0.8 --param \"password=***\"",
            "skein connector update hook --type http --param-file url=hook.url -o json"
        })
public final class ConnectorUpdateCommand extends DefineCommand {
    public ConnectorUpdateCommand(Shell shell) {
        super(shell, "update");
    }

    @Override
    JsonNode keep(Api api, String name, JsonNode body) {
        return api.put(ConnectorCommand.path(name), body);
    }
}
