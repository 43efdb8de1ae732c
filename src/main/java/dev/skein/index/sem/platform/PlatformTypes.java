package dev.skein.index.sem.platform;

import dev.skein.index.sem.type.Imports;
import dev.skein.index.sem.type.UnitInfo;
import dev.skein.index.sem.type.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads classes of {@code java.} and {@code javax.}, each once, without initialising them. Thread-safe. */
public final class PlatformTypes implements World.Source {
    private static final int UNITS_MAX = 2_000;

    private final Map<String, Optional<UnitInfo>> units = new ConcurrentHashMap<>(); // by the outermost type

    @Override
    public List<UnitInfo> declaring(String type) {
        var top = top(type);
        if (top == null) {
            return List.of();
        }
        if (units.size() > UNITS_MAX) {
            units.clear();
        }
        return units.computeIfAbsent(top, PlatformTypes::read).stream().toList();
    }

    /** The name up to the first part with a capital letter; null for what is not of the platform. */
    private static @Nullable String top(String type) {
        if (!type.startsWith("java.") && !type.startsWith("javax.")) {
            return null;
        }
        for (int dot = type.indexOf('.'); dot >= 0; dot = type.indexOf('.', dot + 1)) {
            if (dot + 1 < type.length() && Character.isUpperCase(type.charAt(dot + 1))) {
                int end = type.indexOf('.', dot + 1);
                return end < 0 ? type : type.substring(0, end);
            }
        }
        return null;
    }

    private static Optional<UnitInfo> read(String top) {
        try {
            var found = Class.forName(top, false, ClassLoader.getPlatformClassLoader());
            var unit = new UnitInfo("", "", Imports.NONE);
            unit.packageName(found.getPackageName());
            new Reflected(unit).add(found, null);
            return Optional.of(unit);
        } catch (ReflectiveOperationException | LinkageError | TypeNotPresentException e) {
            return Optional.empty();
        }
    }
}
