package dev.skein.cli;

import dev.skein.cli.terminal.Terminal;
import java.util.Map;

/** What every command may use. */
public record Shell(Terminal terminal, CliHost host) {
    public Map<String, String> environment() {
        return host.environment();
    }
}
