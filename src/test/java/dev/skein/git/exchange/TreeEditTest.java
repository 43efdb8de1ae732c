package dev.skein.git.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TreeEditTest {
    private static final byte[] LATIN = "caf\u00e9.txt".getBytes(ISO_8859_1);
    private static final byte[] ODD = {'a', (byte) 0xff, (byte) 0xfe};
    private static final byte[] EMOJI = "\ud83d\ude00".getBytes(UTF_8);

    private final InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("r"));
    private final ObjectInserter inserter = repository.newObjectInserter();

    @AfterEach
    void close() {
        inserter.close();
        repository.close();
    }

    private ObjectId blob(String text) throws Exception {
        return inserter.insert(Constants.OBJ_BLOB, text.getBytes(UTF_8));
    }

    private byte[] bytes(ObjectId tree) throws Exception {
        inserter.flush();
        return repository.open(tree, Constants.OBJ_TREE).getBytes();
    }

    /** With names that are no UTF-8, as git sorts them. */
    private TreeFormatter tree(ObjectId ledger, ObjectId beads) throws Exception {
        var formatter = new TreeFormatter();
        if (beads != null) {
            formatter.append(".beads", FileMode.TREE, beads);
        }
        formatter.append(ODD, FileMode.REGULAR_FILE, blob("odd"));
        formatter.append(LATIN, FileMode.EXECUTABLE_FILE, blob("latin"));
        formatter.append("issues.jsonl", FileMode.REGULAR_FILE, ledger);
        formatter.append(EMOJI, FileMode.SYMLINK, blob("link"));
        return formatter;
    }

    @Test
    void names_that_are_no_utf_8_stay_byte_for_byte() throws Exception {
        var before = inserter.insert(tree(blob("top"), inserter.insert(tree(blob("old"), null))));
        inserter.flush();

        ObjectId after;
        try (var reader = repository.newObjectReader()) {
            var files = Map.of(".beads/issues.jsonl", "new".getBytes(UTF_8));
            after = new TreeEdit(reader, inserter).with(before, files);
        }

        var beads = inserter.insert(tree(blob("new"), null));
        var expected = inserter.insert(tree(blob("top"), beads));
        assertThat(bytes(after)).isEqualTo(bytes(expected));
        assertThat(new String(bytes(after), ISO_8859_1)).contains("caf\u00e9.txt\0", "a\u00ff\u00fe\0");
    }

    @Test
    void new_names_are_utf_8_and_sorted_as_bytes() throws Exception {
        ObjectId after;
        try (var reader = repository.newObjectReader()) {
            var one = "1".getBytes(UTF_8);
            after = new TreeEdit(reader, inserter)
                    .with(null, Map.of("\uff21", one, "\ud83d\ude00", one, "a-b", one, "a/c", one));
        }
        inserter.flush();

        var names = new ArrayList<String>();
        try (var reader = repository.newObjectReader()) {
            for (var at = new CanonicalTreeParser(null, reader, after); !at.eof(); at.next()) {
                names.add(at.getEntryPathString());
            }
        }
        assertThat(names).isEqualTo(List.of("a-b", "a", "\uff21", "\ud83d\ude00"));
    }
}
