package dev.skein.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmFlagsTest {
    private static final Path CRASHES = Path.of("/tmp");

    @ParameterizedTest
    @CsvSource({"512, 64", "576, 64", "640, 128", "1000, 480", "1024, 512", "2048, 1472", "4096, 3520"})
    void the_heap_is_what_the_rest_leaves(long capMib, long heapMib) {
        assertThat(JvmFlags.of(capMib << 20, List.of(), CRASHES))
                .contains("-Xmx" + heapMib + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void what_cannot_start_is_refused_with_the_least_that_would() {
        assertThatThrownBy(() -> JvmFlags.of(511L << 20, List.of(), CRASHES))
                .hasMessage(
                        "a Java machine needs 512MiB besides its heap: a cap of 511MiB is too small, 512MiB would do");
        assertThatThrownBy(() -> JvmFlags.of(1L << 30, List.of("-Xmx1g"), CRASHES))
                .hasMessageContaining("a cap of 1GiB is too small, 1600MiB would do");
    }

    @Test
    void without_a_cap_the_heap_is_the_machines_own_affair() {
        assertThat(JvmFlags.of(0, List.of("-Xmx1g"), CRASHES))
                .endsWith("-Xmx1g")
                .noneMatch("-Xmx0m"::equals);
    }
}
