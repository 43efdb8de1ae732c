package dev.skein.index.sem;

import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.sem.platform.PlatformTypes;
import dev.skein.index.sem.resolve.Resolver;
import dev.skein.index.sem.type.Imports;
import dev.skein.index.sem.type.UnitInfo;
import dev.skein.index.sem.type.World;
import dev.skein.index.sem.unit.ParsedUnit;
import dev.skein.index.sem.unit.UnitParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files as one world that is all in memory. */
public final class SourceWorld implements World.Source {
    private final Map<String, String> texts;
    private final Map<String, UnitInfo> units = new LinkedHashMap<>();
    private final Map<String, List<UnitInfo>> types = new HashMap<>();
    private final Map<String, ParsedUnit> parsed = new HashMap<>();
    private final UnitParser parser = new UnitParser();
    private final Resolver resolver;

    /** @param texts by path */
    public SourceWorld(Map<String, String> texts) {
        this.texts = new LinkedHashMap<>(texts);
        var extractor = new JavaExtractor();
        texts.forEach((path, text) -> {
            var unit = UnitInfo.of(
                    "", path, Imports.of(text), extractor.extract(text).table());
            units.put(path, unit);
            unit.types()
                    .keySet()
                    .forEach(type -> types.computeIfAbsent(type, key -> new ArrayList<>())
                            .add(unit));
        });
        resolver = new Resolver(new World(this, new PlatformTypes(), true));
    }

    @Override
    public List<UnitInfo> declaring(String type) {
        return types.getOrDefault(type, List.of());
    }

    public Resolver resolver() {
        return resolver;
    }

    public Map<String, String> texts() {
        return texts;
    }

    public UnitInfo unit(String path) {
        return units.get(path);
    }

    public ParsedUnit parsed(String path) {
        return parsed.computeIfAbsent(path, key -> parser.parse(key, texts.get(key)));
    }
}
