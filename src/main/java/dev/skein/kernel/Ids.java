package dev.skein.kernel;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The shapes of names and how new ones are made. */
public final class Ids {
    /** Worker ids. */
    public static final Pattern WORKER = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    /** Pipeline names; they do not begin with an underscore, which is kept for {@code _external}. */
    public static final Pattern PIPELINE = Pattern.compile("[A-Za-z0-9.-][A-Za-z0-9._-]{0,63}");

    /** Request ids that a caller may choose. */
    public static final Pattern REQUEST = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new random UUID in its usual text form. */
    public static String uuid() {
        return UUID.randomUUID().toString();
    }

    /** A new id for a request, 16 hexadecimal digits; anybody may guess it. */
    public static String request() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /**
     * New random bytes as lower-case hexadecimal text.
     *
     * @param bytes how many random bytes, 1 to 64; the text is twice as long
     */
    public static String hex(int bytes) {
        Check.between("bytes", bytes, 1, 64);
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
