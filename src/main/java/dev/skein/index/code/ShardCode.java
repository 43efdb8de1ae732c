package dev.skein.index.code;

import dev.skein.index.sem.unit.Facts;
import dev.skein.index.source.ContentHash;
import dev.skein.index.source.SourceText;
import dev.skein.index.symbol.SymbolTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/** The files of one shard as questions about code need them. Thread-safe. */
public final class ShardCode {
    private final TextFile texts;
    private final ConcurrentMap<String, File> files = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, List<String>> declaring = new ConcurrentHashMap<>(); // paths by type
    private final ConcurrentMap<String, SymbolTable> unread =
            new ConcurrentHashMap<>(); // types are found when asked for

    /** One file; {@code facts} are those of exactly that content. */
    private record File(ContentHash content, Facts facts, List<String> types) {}

    public ShardCode(TextFile texts) {
        this.texts = texts;
    }

    /** Whether a content's text is there, so that it need not be sent. */
    public boolean hasText(ContentHash content) {
        return texts.has(content);
    }

    /** Takes a file that has arrived; what is not among its symbols is found when it is asked for. */
    public void take(String path, ContentHash content, byte[] bytes, SymbolTable table) throws IOException {
        know(path, content, table);
        texts.put(content, bytes);
    }

    /** Takes a file of which only the symbols were kept. */
    public void know(String path, ContentHash content, SymbolTable table) {
        know(path, new File(content, Facts.NONE, List.of()), table);
    }

    private synchronized void know(String path, File file, SymbolTable table) {
        add(path, file);
        unread.put(path, table);
    }

    private synchronized void add(String path, File file) {
        remove(path);
        files.put(path, file);
        declare(path, file.types);
    }

    private void declare(String path, List<String> types) {
        types.forEach(type -> declaring.merge(type, List.of(path), ShardCode::joined));
    }

    /** Finds the types of files of which only the symbols were kept. */
    private void read() {
        unread.forEach((path, table) -> {
            var types = types(table);
            synchronized (this) {
                if (unread.remove(path, table)) {
                    files.computeIfPresent(path, (key, file) -> new File(file.content, file.facts, types));
                    declare(path, types);
                }
            }
        });
    }

    private static List<String> joined(List<String> some, List<String> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    public synchronized void remove(String path) {
        unread.remove(path);
        var gone = files.remove(path);
        if (gone == null) {
            return;
        }
        for (var type : gone.types) {
            declaring.computeIfPresent(type, (name, paths) -> {
                var left = paths.stream().filter(each -> !each.equals(path)).toList();
                return left.isEmpty() ? null : left;
            });
        }
    }

    public synchronized void rename(String from, String to) {
        var file = files.get(from);
        var table = unread.get(from);
        remove(from);
        if (file != null && table != null) {
            know(to, file, table);
        } else if (file != null) {
            add(to, file);
        }
    }

    private static List<String> types(SymbolTable table) {
        var heads = table.heads();
        var containers = table.containers();
        var types = new ArrayList<String>();
        for (int i = 0; i < containers.length; i++) {
            if (heads.kinds()[i].isType()) {
                var name = new String(heads.names().get(i), StandardCharsets.UTF_8);
                types.add(containers[i].isEmpty() ? name : containers[i] + "." + name);
            }
        }
        return types.stream().distinct().toList();
    }

    /** Paths of the files that declare a type, by its qualified name with dots. */
    public List<String> declaring(String type) {
        read();
        return declaring.getOrDefault(type, List.of());
    }

    /** What is known of a file's text; nothing where it is missing. */
    public Facts facts(String path) {
        var file = files.get(path);
        if (file == null || file.facts != Facts.NONE) {
            return file == null ? Facts.NONE : file.facts;
        }
        var text = text(file.content);
        if (text.isEmpty()) {
            return Facts.NONE;
        }
        var facts = Facts.of(text.get());
        files.replace(path, file, new File(file.content, facts, file.types));
        return facts;
    }

    /** The text of a file as it was indexed, if it is there. */
    public Optional<String> text(String path) {
        var file = files.get(path);
        return file == null ? Optional.empty() : text(file.content);
    }

    /** What a file that had that hash was made of, if it is there; nobody may change it. */
    public Optional<byte[]> content(ContentHash hash) {
        return texts.get(hash);
    }

    private Optional<String> text(ContentHash content) {
        return texts.get(content).map(bytes -> SourceText.of(bytes).text());
    }

    /** Paths of files in which a word may be; no other has it. */
    public List<String> having(String word) {
        return files.keySet().stream()
                .filter(path -> facts(path).mayHave(word))
                .sorted()
                .toList();
    }

    /** Finds what was left to be found, so that the first question need not wait for it. */
    public void warm() {
        read();
        files.keySet().forEach(this::facts);
    }

    /** Lets go of texts that no file has any more. */
    public void tidy() throws IOException {
        texts.keepOnly(files.values().stream().map(File::content).collect(Collectors.toSet()));
    }

    /** Leaves nothing on disk. */
    public void forget() {
        texts.delete();
    }

    /** Bytes that it takes in memory beside the names of types, roughly. */
    public long bytes() {
        return files.values().stream().mapToLong(file -> file.facts.bytes()).sum();
    }
}
