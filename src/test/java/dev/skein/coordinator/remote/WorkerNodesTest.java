package dev.skein.coordinator.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Settings;
import dev.skein.config.SettingsException;
import dev.skein.job.Remotes.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerNodesTest {
    @Test
    void the_example_of_the_old_document_is_two_workers() {
        var found = WorkerNodes.parse("worker1.local:3003:context7|cipher,worker2.local:3003:heavy-compute");

        assertThat(found.faults()).isEmpty();
        assertThat(found.workers())
                .containsExactly(
                        new Spec("worker1.local", 3003, List.of("cipher", "context7")),
                        new Spec("worker2.local", 3003, List.of("heavy-compute")));
    }

    @Test
    void blanks_and_empty_entries_are_nothing_and_the_same_worker_twice_has_all_capabilities() {
        var found = WorkerNodes.parse(" a:1: x | y ,, a:1:z|x , [::1]:2 ,");

        assertThat(found.faults()).isEmpty();
        assertThat(found.workers())
                .containsExactly(new Spec("a", 1, List.of("x", "y", "z")), new Spec("::1", 2, List.of()));
        assertThat(found.workers().get(1).id()).isEqualTo("[::1]:2");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "a; entry 2, a, must look like host:port:capability|capability, an IPv6 host in brackets",
                "::1:3003; entry 2, ::1:3003, must look like host:port:capability|capability, an IPv6 host in brackets",
                "a:0:x; entry 2, a:0:x, has a port that is not 1 to 65535",
                "a:65536; entry 2, a:65536, has a port that is not 1 to 65535",
                "a:x:y; entry 2, a:x:y, has a port that is not 1 to 65535",
                "a:1:b c; 'entry 2, a:1:b c, has a capability that is not letters, digits, . _ -: b c'",
                "-a:1; entry 2, -a:1, has a host that is neither a name nor an address"
            })
    void one_that_is_wrong_is_named_by_its_position_and_the_others_are_kept(String wrong, String fault) {
        var found = WorkerNodes.parse("first:1," + wrong + ",last:3:x");

        assertThat(found.faults()).containsExactly(fault);
        assertThat(found.workers()).extracting(Spec::id).containsExactly("first:1", "last:3");
    }

    @Test
    void the_health_of_a_foreign_worker_is_read_with_its_decimals() {
        var seen = Health.parse("""
                {"status":"healthy","memory":{"used":"1.2GB","total":"4GB"},"uptime":3600,
                 "capabilities":["context7","cipher"]}""");

        assertThat(seen).isEqualTo(new Health("healthy", 1_288_490_189L, 4L << 30, List.of("context7", "cipher"), ""));
        assertThat(seen.isWell()).isTrue();
        assertThat(Health.parse("{\"status\":\"unhealthy\",\"capabilities\":[]}")
                        .isWell())
                .isFalse();
    }

    @Test
    void what_is_no_worker_is_not_taken_for_one() {
        for (var other : List.of("", "<html>", "[]", "{}", "{\"status\":\"healthy\"}", "{\"capabilities\":[]}")) {
            assertThat(Health.parse(other)).as(other).isNull();
        }
    }

    @Test
    void every_key_is_read_and_a_wrong_range_is_named() {
        var settings = Settings.of(
                Map.of(
                        "remote.workers", "a:1",
                        "remote.allow", "10.0.0.0/8:3003, loopback",
                        "remote.poll", "5s",
                        "remote.slots", "7",
                        "remote.tls", "true",
                        "remote.ca", "ca.pem"),
                "test");
        assertThat(RemoteConfig.from(settings))
                .isEqualTo(new RemoteConfig(
                        "a:1", List.of("10.0.0.0/8:3003", "loopback"), Duration.ofSeconds(5), 7, true, "ca.pem"));
        assertThat(RemoteConfig.from(Settings.of(Map.of(), "test"))).isEqualTo(RemoteConfig.DEFAULTS);

        var wrong = Settings.of(Map.of("remote.allow", "10.0.0.0/99"), "test");
        RemoteConfig.from(wrong);
        assertThatThrownBy(wrong::requireSound)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("remote.allow");
    }
}
