package dev.skein.git.exchange;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A remote at one moment; all of it is here too.
 *
 * @param head commit of the branch
 * @param refs commits by the name that follows the prefix that was asked for
 */
public record Seen(String head, SortedMap<String, String> refs) {
    public Seen {
        refs = Collections.unmodifiableSortedMap(new TreeMap<>(refs));
    }
}
