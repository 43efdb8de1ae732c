package dev.skein.coordinator.job.serve;

import dev.skein.job.JobSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether two submissions ask for the same. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(JobSpec spec) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var text = spec.toString(); // every part in order, each with its name
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
