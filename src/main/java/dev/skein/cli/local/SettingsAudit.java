package dev.skein.cli.local;

import dev.skein.config.Settings.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings that work and are unwise: secrets that others can read, addresses that strangers can reach. */
final class SettingsAudit {
    private static final String SECRET_FILE = "-file";
    private static final Value NONE = new Value("", "default");

    private SettingsAudit() {}

    static List<String> of(Map<String, Value> settings) {
        var warnings = new ArrayList<String>();
        settings.forEach((key, value) -> {
            if (key.endsWith(SECRET_FILE) && !value.text().isEmpty() && isReadableByOthers(value.text())) {
                warnings.add("%s: others can read %s; chmod 600 %s".formatted(key, value.text(), value.text()));
            }
            if (value.text().equals("***") && value.origin().startsWith("file ")) {
                warnings.add("%s is written in %s; put it in a file of its own and name that in %s-file"
                        .formatted(key, value.origin(), key));
            }
        });
        openTo(settings, "cluster.host", "members of the cluster are not encrypted; use a private network", warnings);
        if (settings.getOrDefault("http.api-key", NONE).text().isEmpty()) {
            openTo(settings, "http.host", "and no API key is set; callers need a token", warnings);
        }
        return warnings;
    }

    private static void openTo(Map<String, Value> settings, String key, String consequence, List<String> warnings) {
        var host = settings.getOrDefault(key, NONE).text();
        boolean isLoopback = host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
        if (!host.isEmpty() && !isLoopback) {
            warnings.add("%s %s can be reached from outside: %s".formatted(key, host, consequence));
        }
    }

    static boolean isReadableByOthers(String file) {
        try {
            var permissions = Files.getPosixFilePermissions(Path.of(file));
            return permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.GROUP_READ);
        } catch (IOException | RuntimeException e) {
            return false; // not there, or no such permissions here
        }
    }
}
