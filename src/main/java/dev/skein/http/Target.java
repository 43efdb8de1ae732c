package dev.skein.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** What a request is addressed to. */
final class Target {
    private static final int HEX = 16;
    private static final int ESCAPE = 3;

    private Target() {}

    /** Why nobody can say what the request is for; null when it can be said. */
    static @Nullable String fault(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_1_1 && !request.headers().contains(HttpHeaders.HOST)) {
            return "the header Host is missing; HTTP/1.1 needs one";
        }
        return isEscaped(request.uri()) ? null : "the path has a % that is not followed by two hexadecimal digits";
    }

    private static boolean isEscaped(String uri) {
        for (int at = uri.indexOf('%'); at >= 0; at = uri.indexOf('%', at + ESCAPE)) {
            if (at + ESCAPE > uri.length() || !isHex(uri.charAt(at + 1)) || !isHex(uri.charAt(at + 2))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char digit) {
        return digit < 0x80 && Character.digit(digit, HEX) >= 0;
    }
}
