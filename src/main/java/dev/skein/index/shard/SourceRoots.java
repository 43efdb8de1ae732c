package dev.skein.index.shard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Where the Java sources of a workspace begin, by the layouts of Maven and Gradle. */
public final class SourceRoots {
    private static final Pattern STANDARD = Pattern.compile("^(.*/)?src/[^/]+/java(?=/)");
    private static final List<String> PLAIN = List.of("src/", "java/", "test/");

    private SourceRoots() {}

    /**
     * The source roots of files: {@code …/src/SET/java} where a file lies in one, else a directory {@code src},
     * {@code java} or {@code test} at the top, else the workspace itself.
     *
     * @param paths of Java files, relative to the workspace
     */
    public static SortedSet<String> of(Collection<String> paths) {
        var roots = new TreeSet<String>();
        var others = new ArrayList<String>();
        for (var path : paths) {
            var standard = STANDARD.matcher(path);
            if (standard.find()) {
                roots.add(standard.group());
            } else {
                others.add(path);
            }
        }
        others.forEach(path -> roots.add(plain(path)));
        return roots;
    }

    private static String plain(String path) {
        for (var root : PLAIN) {
            if (path.startsWith(root)) {
                return root.substring(0, root.length() - 1);
            }
        }
        return "";
    }
}
