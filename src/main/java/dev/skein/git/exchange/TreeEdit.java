package dev.skein.git.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** Makes a tree of another with some files replaced. Only reads the directories on the way to them. */
final class TreeEdit {
    private final ObjectReader reader;
    private final ObjectInserter inserter;

    TreeEdit(ObjectReader reader, ObjectInserter inserter) {
        this.reader = reader;
        this.inserter = inserter;
    }

    /** @param name its bytes as characters: names need not be UTF-8, and none may change */
    private record Entry(String name, FileMode mode, ObjectId id) {
        /** Git sorts directories as if their names ended with a slash. */
        String order() {
            return mode == FileMode.TREE ? name + "/" : name;
        }
    }

    /**
     * The new tree.
     *
     * @param tree null for an empty one
     * @param files contents by path, with {@code /}
     */
    ObjectId with(@Nullable ObjectId tree, Map<String, byte[]> files) throws IOException {
        var raw = new TreeMap<String, byte[]>();
        files.forEach((path, content) -> raw.put(raw(path), content));
        return withRaw(tree, raw);
    }

    private static String raw(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private ObjectId withRaw(@Nullable ObjectId tree, Map<String, byte[]> files) throws IOException {
        var entries = new TreeMap<String, Entry>();
        for (var entry : entries(tree)) {
            entries.put(entry.name, entry);
        }
        var below = new TreeMap<String, Map<String, byte[]>>();
        for (var file : files.entrySet()) {
            int slash = file.getKey().indexOf('/');
            if (slash < 0) {
                var id = inserter.insert(Constants.OBJ_BLOB, file.getValue());
                entries.put(file.getKey(), new Entry(file.getKey(), FileMode.REGULAR_FILE, id));
            } else {
                below.computeIfAbsent(file.getKey().substring(0, slash), name -> new TreeMap<>())
                        .put(file.getKey().substring(slash + 1), file.getValue());
            }
        }
        for (var directory : below.entrySet()) {
            var name = directory.getKey();
            var there = entries.get(name);
            var before = there != null && there.mode.equals(FileMode.TREE) ? there.id : null;
            var id = withRaw(before, directory.getValue());
            entries.put(name, new Entry(name, FileMode.TREE, id));
        }
        return write(entries);
    }

    private List<Entry> entries(@Nullable ObjectId tree) throws IOException {
        var entries = new ArrayList<Entry>();
        if (tree == null) {
            return entries;
        }
        var parser = new CanonicalTreeParser(null, reader, tree);
        for (; !parser.eof(); parser.next()) {
            var bytes = new byte[parser.getNameLength()];
            parser.getName(bytes, 0);
            var name = new String(bytes, StandardCharsets.ISO_8859_1);
            entries.add(new Entry(name, parser.getEntryFileMode(), parser.getEntryObjectId()));
        }
        return entries;
    }

    private ObjectId write(Map<String, Entry> entries) throws IOException {
        var formatter = new TreeFormatter();
        entries.values().stream().sorted(Comparator.comparing(Entry::order)).forEach(entry -> append(formatter, entry));
        return inserter.insert(formatter);
    }

    private static void append(TreeFormatter formatter, Entry entry) {
        formatter.append(entry.name.getBytes(StandardCharsets.ISO_8859_1), entry.mode, entry.id);
    }

    /** Names a tree without one of its entries, for comparing. */
    String without(ObjectId tree, String name) throws IOException {
        var formatter = new TreeFormatter();
        for (var entry : entries(tree)) {
            if (!entry.name.equals(raw(name))) {
                append(formatter, entry);
            }
        }
        return formatter.computeId(inserter).name();
    }
}
