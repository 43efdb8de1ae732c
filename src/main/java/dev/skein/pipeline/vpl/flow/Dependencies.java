package dev.skein.pipeline.vpl.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which names need which others first. */
public final class Dependencies {
    private final Map<String, Set<String>> needs = new LinkedHashMap<>();

    /** @param needed names; those never added themselves are left out */
    public void add(String name, Set<String> needed) {
        needs.put(name, Set.copyOf(needed));
    }

    /** Groups of names, each after those it needs; a group of several, or one that needs itself, is a cycle. */
    public List<List<String>> groups() {
        var names = List.copyOf(needs.keySet());
        var index = new HashMap<String, Integer>();
        names.forEach(name -> index.put(name, index.size()));
        var edges = new ArrayList<List<Integer>>();
        for (var name : names) {
            edges.add(needs.getOrDefault(name, Set.of()).stream()
                    .filter(index::containsKey)
                    .map(index::get)
                    .sorted()
                    .toList());
        }
        return Components.of(edges).stream()
                .map(group -> group.stream().sorted().map(names::get).toList())
                .toList();
    }

    public boolean needsItself(String name) {
        return needs.getOrDefault(name, Set.of()).contains(name);
    }

    /** The given names and all that need one of them, directly or through others. */
    public Set<String> dependents(Set<String> of) {
        var users = new HashMap<String, List<String>>();
        needs.forEach((name, needed) -> needed.forEach(
                each -> users.computeIfAbsent(each, none -> new ArrayList<>()).add(name)));
        var found = new HashSet<>(of);
        var open = new ArrayDeque<>(of);
        while (!open.isEmpty()) {
            for (var user : users.getOrDefault(open.remove(), List.of())) {
                if (found.add(user)) {
                    open.add(user);
                }
            }
        }
        return found;
    }
}
