package dev.skein.index.sem.platform;

import dev.skein.index.sem.type.Imports;
import dev.skein.index.sem.type.UnitInfo;
import dev.skein.index.sem.type.World;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/** Reads class files of {@code java.} and {@code javax.}, each once. Thread-safe. */
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
        var unit = new UnitInfo("", "", Imports.NONE);
        unit.packageName(top.substring(0, top.lastIndexOf('.')));
        new ClassVisitors(unit, PlatformTypes::classFile).read(top.replace('.', '/'), null);
        return unit.types().isEmpty() ? Optional.empty() : Optional.of(unit);
    }

    private static @Nullable ClassReader classFile(String internalName) {
        try (var in = ClassLoader.getPlatformClassLoader().getResourceAsStream(internalName + ".class")) {
            return in == null ? null : new ClassReader(in);
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }
}
