package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Settings;
import dev.skein.config.SettingsException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnNamesTest {
    private static final int PORT = 9100;

    private static OwnNames of(Map<String, String> settings, String advertised) {
        var read = Settings.of(settings, "test");
        var config = HttpConfig.from(read);
        read.requireSound();
        return new OwnNames(config, advertised, () -> PORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9100", "localhost:9100", "LOCALHOST:9100", "[::1]:9100"})
    void a_node_that_listens_on_loopback_is_meant_by_names_of_loopback(String address) {
        assertThat(of(Map.of(), null)).accepts(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9101", "10.0.0.1:9100", "w1.example:9100", "localhost", ""})
    void and_by_nothing_else(String address) {
        assertThat(of(Map.of(), null)).rejects(address);
    }

    @Test
    void a_node_that_listens_everywhere_is_meant_by_the_machines_name_and_not_by_names_that_every_machine_has()
            throws UnknownHostException {
        var machine = InetAddress.getLocalHost().getHostName();
        var names = of(Map.of("http.host", "0.0.0.0"), "https://W1.example:3003");

        assertThat(names).accepts(machine + ":9100", "w1.example:3003");
        assertThat(names).rejects("localhost:9100", "127.0.0.1:9100", "[::1]:9100", "w1.example:9100");
    }

    @Test
    void a_node_that_listens_at_one_address_is_meant_by_it_in_any_spelling() {
        var names = of(Map.of("http.host", "fd00::1"), null);

        assertThat(names).accepts("[fd00::1]:9100", "[FD00:0:0::1]:9100");
        assertThat(names).rejects("[fd00::2]:9100");
    }

    @Test
    void names_that_are_given_are_the_only_ones() {
        var names = of(Map.of("http.names", "w1.example,edge.example:3003"), "http://w9.example:9100");

        assertThat(names).accepts("w1.example:9100", "edge.example:3003");
        assertThat(names).rejects("127.0.0.1:9100", "w9.example:9100", "w1.example:3003");
    }

    @Test
    void a_name_that_is_none_is_refused_with_its_key() {
        assertThatThrownBy(() -> of(Map.of("http.names", "http://w1.example"), null))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("http.names");
    }
}
