package dev.skein.coordinator.remote;

import dev.skein.job.Remotes.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A list of workers as text: {@code host:port:capability|capability,host:port}.
 *
 * @param workers each once, with all its capabilities
 * @param faults what is wrong with the others, by their position
 */
public record WorkerNodes(List<Spec> workers, List<String> faults) {
    private static final Pattern ENTRY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:|\\s]+):([^:]*)(?::([^:]*))?");
    private static final Pattern HOST = Pattern.compile("\\[.*]|[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int PORT_MAX = 65_535;
    private static final int PORT_DIGITS = 5;

    public WorkerNodes {
        workers = List.copyOf(workers);
        faults = List.copyOf(faults);
    }

    /** Never fails; blanks are trimmed, empty entries skipped, and the same worker named twice is one. */
    public static WorkerNodes parse(String text) {
        var found = new LinkedHashMap<String, Spec>();
        var faults = new ArrayList<String>();
        int position = 0;
        for (var entry : text.split(",")) {
            position++;
            if (!entry.isBlank()) {
                try {
                    var spec = entry(entry.strip());
                    found.merge(spec.id(), spec, WorkerNodes::union);
                } catch (IllegalArgumentException wrong) {
                    faults.add("entry %d, %s, %s".formatted(position, entry.strip(), wrong.getMessage()));
                }
            }
        }
        return new WorkerNodes(List.copyOf(found.values()), faults);
    }

    private static Spec entry(String text) {
        var parts = ENTRY.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "must look like host:port:capability|capability, an IPv6 host in brackets");
        }
        var names = parts.group(3) == null ? "" : parts.group(3);
        return check(new Spec(
                parts.group(1),
                port(parts.group(2).strip()),
                Stream.of(names.split("\\|"))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList()));
    }

    private static int port(String digits) {
        boolean isNumber = digits.matches("\\d+") && digits.length() <= PORT_DIGITS;
        return isNumber ? Integer.parseInt(digits) : 0;
    }

    /** The same; fails with an {@link IllegalArgumentException} that says what would be right. */
    static Spec check(Spec spec) {
        boolean isV6 = spec.host().matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
        if (!isV6 && !HOST.matcher(spec.host()).matches()) {
            throw new IllegalArgumentException("has a host that is neither a name nor an address");
        }
        if (spec.port() < 1 || spec.port() > PORT_MAX) {
            throw new IllegalArgumentException("has a port that is not 1 to " + PORT_MAX);
        }
        for (var name : spec.capabilities()) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("has a capability that is not letters, digits, . _ -: " + name);
            }
        }
        return spec;
    }

    private static Spec union(Spec one, Spec other) {
        return new Spec(
                one.host(),
                one.port(),
                Stream.concat(one.capabilities().stream(), other.capabilities().stream())
                        .toList());
    }
}
