package dev.skein.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Control groups of the second version below this process's own, one for each command, where this process may make
 * them. The kernel then holds all processes of a command together under their cap, at every moment.
 *
 * <p>A group with processes of its own cannot limit those below it, so this process goes down into one of its own.
 */
final class Groups {
    private static final Logger log = LoggerFactory.getLogger(Groups.class);
    private static final String OWN = "skein-node";
    private static final String PROCESSES = "cgroup.procs";

    private final Path base;

    private Groups(Path base) {
        this.base = base;
    }

    /** Those of this process; null where it has none, or may not change them. */
    static @Nullable Groups find() {
        return find(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
    }

    static @Nullable Groups find(Path membership, Path root) {
        try {
            var own = Files.readAllLines(membership).stream()
                    .filter(line -> line.startsWith("0::/"))
                    .map(line -> root.resolve(line.substring("0::/".length())))
                    .findFirst();
            if (own.isEmpty() || !Files.exists(own.get().resolve("cgroup.controllers"))) {
                return null;
            }
            var base = own.get().endsWith(OWN) ? own.get().getParent() : own.get();
            return base != null && prepare(base) ? new Groups(base) : null;
        } catch (IOException | RuntimeException refused) {
            log.debug("control groups are not used: {}", refused.toString());
            return null;
        }
    }

    private static boolean prepare(Path base) throws IOException {
        var controllers = List.of(
                Files.readString(base.resolve("cgroup.controllers")).strip().split(" "));
        if (!controllers.contains("memory") || !Files.isWritable(base)) {
            return false;
        }
        var down = Files.createDirectories(base.resolve(OWN)).resolve(PROCESSES);
        for (var process : Files.readAllLines(base.resolve(PROCESSES))) {
            Files.writeString(down, process);
        }
        Files.writeString(base.resolve("cgroup.subtree_control"), "+memory");
        return true;
    }

    /** A new one, without processes. */
    Group make(String name, long memoryBytes) throws IOException {
        var made = new Group(Files.createDirectory(base.resolve("skein-" + name)));
        Files.writeString(made.folder.resolve("memory.max"), Long.toString(memoryBytes));
        made.set("memory.swap.max", "0");
        made.set("memory.oom.group", "1");
        return made;
    }

    /** The processes of one command. */
    record Group(Path folder) {
        /** Whoever writes 0 there becomes a member, with all it starts. */
        Path door() {
            return folder.resolve(PROCESSES);
        }

        /** Whether the kernel has killed for want of memory. */
        boolean isExhausted() {
            return lines("memory.events").stream()
                    .filter(line -> line.startsWith("oom_kill "))
                    .anyMatch(line -> !line.endsWith(" 0"));
        }

        /** Most bytes ever held together; empty where the kernel does not say. */
        OptionalLong peakBytes() {
            Optional<String> first = lines("memory.peak").stream().findFirst();
            try {
                return first.isPresent() ? OptionalLong.of(Long.parseLong(first.get())) : OptionalLong.empty();
            } catch (NumberFormatException unknown) {
                return OptionalLong.empty();
            }
        }

        /** Ends who is left, and itself once nobody is. */
        void remove() {
            set("cgroup.kill", "1");
            try {
                Files.deleteIfExists(folder);
            } catch (IOException left) {
                log.debug("control group {} is left over: {}", folder, left.toString());
            }
        }

        private void set(String file, String value) {
            try {
                Files.writeString(folder.resolve(file), value);
            } catch (IOException olderKernel) {
                log.debug("{} of {} cannot be set: {}", file, folder, olderKernel.toString());
            }
        }

        private List<String> lines(String file) {
            try {
                return Files.readAllLines(folder.resolve(file));
            } catch (IOException unknown) {
                return List.of();
            }
        }
    }
}
