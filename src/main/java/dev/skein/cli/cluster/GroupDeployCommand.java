package dev.skein.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.moving.GroupPlanCommand;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends a group to the coordinator, which places and starts it. */
@Command(
        name = "deploy",
        description = {
            "Deploy a group from a JSON or YAML file.",
            "In place of a pipeline's source it may name a file: source-file, relative to the group's file."
        },
        footer = {
            "skein group deploy -f orders.json",
            "skein group deploy -f orders.yaml -o name",
            "skein group deploy -f -"
        })
public final class GroupDeployCommand implements Callable<Integer> {
    private static final String SOURCE_FILE = "source-file";

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "JSON or YAML file; - for standard input")
    String file = "";

    @Option(names = "--dry-run", description = "only say what would be done")
    boolean dryRun;

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public GroupDeployCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var spec = spec(file, shell);
        var api = Api.of(connect, shell);
        if (dryRun) {
            GroupPlanCommand.print(shell, show, api.post(GroupCommand.PATH + "?dry_run=true", spec));
            return ExitCode.DONE.number;
        }
        ConfirmOptions.inContext(
                shell, api, confirm, "deploy " + spec.path("name").asText());
        var group = api.post(GroupCommand.PATH, spec);
        GroupCommand.print(shell, show, List.of(group));
        requireRunning(group);
        return ExitCode.DONE.number;
    }

    /** A deploy is answered as done even when some of its pipelines could not be placed. */
    public static void requireRunning(JsonNode group) {
        var failed = new ArrayList<String>();
        for (var placement : group.path("placements")) {
            if (placement.path("status").asText().equals("Failed")) {
                failed.add(placement.path("pipeline_name").asText() + ": "
                        + placement.path("error").asText("no reason given"));
            }
        }
        if (!failed.isEmpty()) {
            throw Failure.of(
                            ExitCode.UNSUCCESSFUL,
                            "group \"%s\" was deployed, but %d of its %d placements failed"
                                    .formatted(
                                            group.path("name").asText(),
                                            failed.size(),
                                            group.path("placements").size()))
                    .because(String.join("\n", failed))
                    .advise("skein group get " + group.path("id").asText());
        }
    }

    /** Reads a group; a mistake in the file is reported with line and column. */
    public static JsonNode spec(String file, Shell shell) {
        try {
            var text = file.equals("-") ? shell.terminal().readAll() : Files.readString(Path.of(file));
            var spec = new YAMLMapper().readTree(text); // reads JSON too
            if (!spec.isObject()) {
                throw Failure.usage(file + " holds no group: it must be an object with name and pipelines");
            }
            for (var pipeline : spec.path("pipelines")) {
                readSource(pipeline, file);
            }
            return spec;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw Failure.usage(file + " is neither JSON nor YAML" + where)
                    .because(e.getOriginalMessage().lines().findFirst().orElse(null));
        } catch (IOException e) {
            throw Failure.usage("the file " + file + " cannot be read").advise("a path from here: -f FILE");
        }
    }

    private static void readSource(JsonNode pipeline, String file) throws IOException {
        if (pipeline instanceof ObjectNode object && object.path(SOURCE_FILE).isTextual()) {
            var named = Path.of(file)
                    .toAbsolutePath()
                    .resolveSibling(object.path(SOURCE_FILE).asText());
            if (!Files.isReadable(named)) {
                throw Failure.usage("the %s %s of %s cannot be read".formatted(SOURCE_FILE, named, file));
            }
            object.remove(SOURCE_FILE);
            object.put("source", Files.readString(named));
        }
    }
}
