package dev.skein.auth;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do; each role may do all that the ones before it may. */
public enum Role {
    VIEWER("viewer", "read", "readonly"),
    OPERATOR("operator", "write", "deploy"),
    ADMIN("admin", "root", "superadmin");

    private final List<String> words;

    Role(String... words) {
        this.words = List.of(words);
    }

    /** The role's name in the API. */
    public String word() {
        return words.get(0);
    }

    /** Whether whoever has this role may do what needs {@code other}. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** The role that goes by this name or alias, in any case; empty when there is none. */
    public static Optional<Role> named(String name) {
        var wanted = name.toLowerCase(Locale.ROOT);
        for (var role : values()) {
            if (role.words.contains(wanted)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
