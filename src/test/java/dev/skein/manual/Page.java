package dev.skein.manual;

import dev.skein.fault.nodes.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The shell blocks of one document as one script, with ports of this machine that are free. */
final class Page {
    private static final Pattern BLOCK = Pattern.compile("```(?:sh|bash)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PORT = Pattern.compile("\\b(?:910[0-2]|900[01]|570[1-3])\\b");
    private static final List<String> NAMED = List.of("9100", "9101", "9102", "9000", "9001", "5701", "5702", "5703");

    /** What CI runs by itself. */
    private static final Pattern EXEMPT = Pattern.compile("(?m)^(?:bin/skein demo|mvn) .*$");

    /** A command that a reader gives a terminal of its own. */
    private static final Pattern TERMINAL =
            Pattern.compile("(?m)^((?:skein (?:coordinator|server)|java -jar target/skein.jar -cluster) .*)$");

    private static final Pattern SERVED_AT = Pattern.compile("--port (\\d+)");

    private final String text;
    private final List<Integer> ports = Ports.free(NAMED.size());

    Page(String file) throws IOException {
        this.text = Files.readString(Path.of(file));
    }

    /** The port that stands for one that the document names. */
    int port(String named) {
        return ports.get(NAMED.indexOf(named));
    }

    String script() {
        var blocks = BLOCK.matcher(text).results().map(block -> block.group(1)).collect(Collectors.joining("\n"));
        var commands = EXEMPT.matcher(blocks.replace("\\\n", " ")).replaceAll("");
        var started = TERMINAL.matcher(commands).replaceAll(Page::inTheBackground);
        return PORT.matcher(started).replaceAll(named -> Integer.toString(port(named.group())));
    }

    private static String inTheBackground(MatchResult command) {
        var port = SERVED_AT.matcher(command.group(1));
        var served = port.find() ? "\nuntil curl http://localhost:" + port.group(1) + "/ready; do sleep 0.2; done" : "";
        return java.util.regex.Matcher.quoteReplacement(command.group(1) + " &" + served);
    }
}
