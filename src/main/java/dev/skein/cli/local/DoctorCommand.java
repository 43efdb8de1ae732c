package dev.skein.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.kernel.SteadyClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks whether this machine can run a node and whether one answers. */
@Command(
        name = "doctor",
        description = "Check Java, memory, limits, disk, port and the node at the endpoint; one line each.",
        footer = {
            "skein doctor",
            "skein doctor --data-dir /var/lib/skein",
            "skein doctor --endpoint http://127.0.0.1:9200 -o json"
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final Kind CHECK = new Kind(
            "checks",
            "check",
            List.of(
                    Column.of("STATE", "state", Column.Form.STATE),
                    Column.of("CHECK", "check", Column.Form.TEXT),
                    Column.of("FOUND", "found", Column.Form.TEXT),
                    Column.of("TRY", "try", Column.Form.TEXT)));

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Option(names = "--data-dir", paramLabel = "DIR", description = "where a node would keep its data (default data)")
    Path dataDir = Path.of("data");

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public DoctorCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var checks = new ArrayList<JsonNode>(MachineChecks.all(dataDir));
        checks.addAll(NodeChecks.all(connect, shell));
        new Printer(shell, show, CHECK, SteadyClock.system()).print(checks);
        boolean isBad =
                checks.stream().anyMatch(check -> check.path("state").asText().equals("failed"));
        return (isBad ? ExitCode.FAILED : ExitCode.DONE).number;
    }
}
