package dev.skein.review.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is to be reviewed again since an earlier run: files whose content that run did not have under their path.
 *
 * @param units each with its changed files alone; units without one are not here
 * @param unchanged files that need not be looked at again
 * @param gone paths of files that the earlier run had and this one has not, in order
 */
public record Changes(List<Unit> units, int unchanged, List<String> gone) {
    public Changes {
        units = List.copyOf(units);
        gone = List.copyOf(gone);
    }

    /** @param before hash of each file of the earlier run by its path */
    public static Changes since(Map<String, String> before, Scope now) {
        var units = new ArrayList<Unit>();
        int unchanged = 0;
        for (var unit : now.units()) {
            var changed = unit.files().stream()
                    .filter(file -> !file.hash().equals(before.get(file.path())))
                    .toList();
            unchanged += unit.files().size() - changed.size();
            if (!changed.isEmpty()) {
                units.add(unit.with(changed));
            }
        }
        var present = now.files().map(ScopedFile::path).collect(Collectors.toSet());
        var gone = before.keySet().stream()
                .filter(path -> !present.contains(path))
                .sorted()
                .toList();
        return new Changes(units, unchanged, gone);
    }
}
