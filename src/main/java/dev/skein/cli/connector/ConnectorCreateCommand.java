package dev.skein.cli.connector;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import picocli.CommandLine.Command;

/** Adds one. */
@Command(
        name = "create",
        description = "Add a connector that programs may name.",
        footer = {
            "skein connector create broker --type mqtt --param host=10.0.0.7 --param-file password=mqtt.password",
            "skein connector create hook --type http --param url=https://example.org/in --description \"to the desk\"",
            "skein connector create notes --type log -o json"
        })
public final class ConnectorCreateCommand extends DefineCommand {
    public ConnectorCreateCommand(Shell shell) {
        super(shell, "create");
    }

    @Override
    JsonNode keep(Api api, String name, JsonNode body) {
        return api.post(ConnectorCommand.PATH, body);
    }
}
