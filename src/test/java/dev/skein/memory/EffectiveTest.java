package dev.skein.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveTest {
    @TempDir
    Path root;

    @Test
    void nothing_known_is_eight_gibibytes() {
        assertThat(read())
                .isEqualTo(Effective.of(8L << 30, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
    }

    @Test
    void the_machine_is_counted_in_kibibytes_once() throws Exception {
        write("proc/meminfo", "MemTotal:        2048 kB\nMemFree: 1 kB\n");

        assertThat(read().host()).isEqualTo(2048 * 1024);
    }

    @Test
    void the_least_of_a_group_and_all_above_it_counts() throws Exception {
        write("proc/self/cgroup", "0::/a/b\n");
        write("cgroup/a/b/memory.max", "max\n");
        write("cgroup/a/memory.max", "1073741824\n");
        write("cgroup/memory.max", "2147483648\n");

        assertThat(read().cgroup()).hasValue(1L << 30);
        assertThat(read().chosen()).isEqualTo(1L << 30);
    }

    @Test
    void the_old_hierarchy_counts_when_the_new_one_says_nothing() throws Exception {
        write("proc/self/cgroup", "9:cpu,cpuacct:/x\n8:hugetlb,memory:/x\n0::/\n");
        write("cgroup/memory/x/memory.limit_in_bytes", "536870912\n");
        write("cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

        assertThat(read().cgroup()).hasValue(512L << 20);
    }

    @Test
    void the_soft_limit_of_address_space_counts_unless_it_is_huge() throws Exception {
        var row = "Max address space         %s   unlimited            bytes\n";
        write("proc/self/limits", row.formatted("4294967296"));
        assertThat(read().rlimitAs()).hasValue(4L << 30);

        write("proc/self/limits", row.formatted("1152921504606846976"));
        assertThat(read().rlimitAs()).isEmpty();
        write("proc/self/limits", row.formatted("unlimited"));
        assertThat(read().rlimitAs()).isEmpty();
    }

    @Test
    void this_machine_has_memory() {
        assertThat(Effective.read(OptionalLong.empty()).chosen()).isPositive();
        assertThat(Effective.read(OptionalLong.of(1 << 20)).chosen()).isEqualTo(1 << 20);
        assertThat(Usage.now().rss().orElse(1)).isPositive();
    }

    private Effective read() {
        return Effective.read(root.resolve("proc"), root.resolve("cgroup"), OptionalLong.empty());
    }

    private void write(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
