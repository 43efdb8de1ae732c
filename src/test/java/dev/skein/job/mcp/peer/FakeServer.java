package dev.skein.job.mcp.peer;

import dev.skein.job.mcp.stdio.ServerCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A server in a process of its own whose tools are named for what they do wrong. */
public final class FakeServer {
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)}$");
    private static final Pattern TOOL = Pattern.compile("\"name\":\"([\\w-]+)\"");
    private static final Pattern TEXT = Pattern.compile("\"text\":\"([\\w -]*)\"");
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final List<String> heard = new ArrayList<>();
    private final String version;

    private FakeServer(String version) {
        this.version = version;
    }

    /** How to start one; the first argument is the version it claims to speak, the second a program to start too. */
    public static ServerCommand command(String... arguments) {
        var argv = new ArrayList<String>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                FakeServer.class.getName()));
        argv.addAll(List.of(arguments));
        return new ServerCommand(argv, Map.of("GIVEN", "yes"), null);
    }

    public static void main(String[] arguments) throws IOException {
        System.err.println("fake server is up");
        if (arguments.length > 1) {
            new ProcessBuilder(arguments[1].split(" ")).inheritIO().start();
        }
        OUT.println("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}");
        new FakeServer(arguments[0]).serve();
    }

    private void serve() throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            heard.add(line);
            var id = ID.matcher(line);
            var number = id.find() ? id.group(1) : "";
            if (line.contains("\"method\":\"initialize\"")) {
                answer(
                        number,
                        "{\"protocolVersion\":\"" + version
                                + "\",\"capabilities\":{},\"serverInfo\":{\"name\":\"fake\",\"version\":\"7\"}}");
            } else if (line.contains("\"tools/list\"")) {
                list(number, line);
            } else if (line.contains("\"tools/call\"")) {
                var tool = TOOL.matcher(line);
                call(number, tool.find() ? tool.group(1) : "", line);
            } else if (line.contains("\"ping\"")) {
                answer(number, "{}");
            }
        }
    }

    private static void list(String id, String line) {
        var next = line.contains("\"cursor\":\"2\"") ? "" : ",\"nextCursor\":\"2\"";
        var name = next.isEmpty() ? "second" : "first";
        answer(
                id,
                "{\"tools\":[{\"name\":\"" + name + "\",\"inputSchema\":{\"properties\":{\"text\":{}}},"
                        + "\"annotations\":{\"readOnlyHint\":true}}]" + next + "}");
    }

    private void call(String id, String tool, String line) {
        switch (tool) {
            case "echo" -> {
                var text = TEXT.matcher(line);
                text(id, text.find() ? text.group(1) : "");
            }
            case "environment" ->
                text(
                        id,
                        String.join(
                                " ", System.getenv().keySet().stream().sorted().toList()));
            case "exit" -> {
                System.err.println("about to fail");
                System.exit(3);
            }
            case "hang" -> {} // no answer, ever
            case "noise" -> {
                OUT.println("this is not JSON");
                OUT.println("42");
                OUT.println();
                text(id, "after the noise");
            }
            case "huge" -> text(id, "x".repeat(2_000_000));
            case "refuse" ->
                OUT.println("{\"jsonrpc\":\"2.0\",\"id\":" + id
                        + ",\"error\":{\"code\":-32602,\"message\":\"no such thing\"}}");
            case "fail" -> answer(id, "{\"content\":[{\"type\":\"text\",\"text\":\"it broke\"}],\"isError\":true}");
            case "neither" -> OUT.println("{\"jsonrpc\":\"2.0\",\"id\":" + id + "}");
            case "steps" -> steps(id);
            case "ask" -> ask();
            case "heard" -> text(id, String.join(" ; ", heard).replace('"', '\''));
            case "late" -> text(id, "nobody waits");
            default -> answer(id, "{\"content\":[]}");
        }
    }

    private static void steps(String id) {
        for (var step : List.of("1", "2", "2", "1", "3")) {
            OUT.println("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":" + id
                    + ",\"progress\":" + step + ",\"total\":3}}");
        }
        text(id, "done");
    }

    /** Sends two requests of its own and leaves the call unanswered. */
    private static void ask() {
        OUT.println("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}");
        OUT.println("{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"roots/list\"}");
    }

    private static void text(String id, String text) {
        answer(id, "{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}");
    }

    private static void answer(String id, String result) {
        OUT.println("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}");
    }
}
