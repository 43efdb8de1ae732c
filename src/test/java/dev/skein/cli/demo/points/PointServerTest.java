package dev.skein.cli.demo.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PointServerTest {
    @Test
    void points_take_as_long_as_the_pipelines_take_for_them() {
        assertThat(PointServer.iterations(0, 0)).isEqualTo(1);
        assertThat(PointServer.iterations(750, 250)).isEqualTo(5);
        assertThat(PointServer.iterations(999, 999)).isEqualTo(2);
        assertThat(PointServer.iterations(166, 500)).isEqualTo(256);
    }

    @Test
    void it_shakes_hands_lists_its_tool_and_answers() throws IOException {
        var answers = serve(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\","
                        + "\"params\":{\"protocolVersion\":\"2025-06-18\"}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}",
                call(3, "iterations", "{\"x\":750,\"y\":250}"),
                "{\"jsonrpc\":\"2.0\",\"id\":\"four\",\"method\":\"ping\"}");

        assertThat(answers).hasSize(4);
        assertThat(answers.get(0)).contains("\"id\":1", "\"protocolVersion\":\"2025-06-18\"", "\"tools\":{}");
        assertThat(answers.get(1)).contains("\"name\":\"iterations\"", "\"readOnlyHint\":true");
        assertThat(answers.get(2)).contains("\"text\":\"5\"", "{\"iterations\":5,\"diverged\":true}", "\"id\":3");
        assertThat(answers.get(3)).isEqualTo("{\"result\":{},\"jsonrpc\":\"2.0\",\"id\":\"four\"}");
    }

    @Test
    void what_is_wrong_is_said_and_the_next_message_is_answered() throws IOException {
        var answers = serve(
                "not JSON",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"}",
                call(2, "iterations", "{\"x\":1000,\"y\":0}"),
                call(3, "else", "{}"),
                "{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}");

        assertThat(answers).hasSize(5);
        assertThat(answers.get(0)).contains("-32700").contains("\"id\":null");
        assertThat(answers.get(1)).contains("-32601");
        assertThat(answers.get(2)).contains("\"isError\":true", "from 0 to 999");
        assertThat(answers.get(3)).contains("\"isError\":true", "there is no tool else");
        assertThat(answers.get(4)).contains("\"id\":5");
    }

    private static String call(int id, String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
                .formatted(id, tool, arguments);
    }

    private static List<String> serve(String... messages) throws IOException {
        var out = new ByteArrayOutputStream();
        var in = new ByteArrayInputStream(String.join("\n", messages).getBytes(StandardCharsets.UTF_8));
        PointServer.serve(in, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
