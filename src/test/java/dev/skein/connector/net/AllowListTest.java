package dev.skein.connector.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "::1",
                "0.0.0.0",
                "::",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "192.0.0.1",
                "192.0.2.7",
                "224.0.0.1",
                "255.255.255.255",
                "240.0.0.1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2001:db8::1",
                "2001:0:1::1"
            })
    void an_inward_address_is_refused(String address) throws UnknownHostException {
        assertThat(refusal(List.of(), "some.host", address, 443)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.32.0.1",
                "172.15.0.1",
                "100.128.0.1",
                "2600::1",
                "2002:808:808::1",
                "::ffff:8.8.8.8"
            })
    void a_public_address_is_allowed(String address) throws UnknownHostException {
        assertThat(refusal(List.of(), "some.host", address, 443)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,          h,       10.9.8.7,         80,   true",
        "10.0.0.0/8,          h,       11.0.0.1,         80,   true",
        "10.0.0.0/8,          h,       192.168.0.1,      80,   false",
        "10.0.0.0/8:1883,     h,       10.1.1.1,         1883, true",
        "10.0.0.0/8:1883,     h,       10.1.1.1,         80,   false",
        "127.0.0.1,           h,       127.0.0.2,        80,   false",
        "127.0.0.1:8080,      h,       127.0.0.1,        8080, true",
        "loopback,            h,       ::1,              80,   true",
        "loopback:80,         h,       127.0.0.1,        81,   false",
        "loopback,            h,       10.0.0.1,         80,   false",
        "private,             h,       fd00::1,          80,   true",
        "private,             h,       ::ffff:10.0.0.1,  80,   true",
        "broker.local:1883,   Broker.Local, 10.0.0.1,    1883, true",
        "broker.local,        other,   10.0.0.1,         1883, false",
        "::1,                 h,       ::1,              80,   true",
        "[::1]:80,            h,       ::1,              80,   true",
        "[::1]:80,            h,       ::1,              81,   false",
        "fd00::/8,            h,       fd01::5,          80,   true",
        "fd00::/8:80,         h,       fd01::5,          81,   false"
    })
    void an_entry_allows_what_it_says(ArgumentsAccessor row) throws UnknownHostException {
        var refusal = refusal(List.of(row.getString(0)), row.getString(1), row.getString(2), row.getInteger(3));

        assertThat(refusal == null).isEqualTo(row.getBoolean(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/40", "10.0.0.999999", "a b", "host:0", "host:99999", "http://x", "10.0.0.0/x", "-x"})
    void an_entry_that_cannot_be_read_is_refused(String entry) {
        assertThatThrownBy(() -> new AllowList(List.of(entry))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_refusal_says_what_the_address_is() throws UnknownHostException {
        assertThat(refusal(List.of(), "metadata", "169.254.169.254", 80)).isEqualTo("169.254.169.254 is link-local");
    }

    private static String refusal(List<String> entries, String host, String address, int port)
            throws UnknownHostException {
        return new AllowList(entries).refusal(host, InetAddress.getByName(address), port);
    }
}
