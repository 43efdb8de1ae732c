package dev.skein.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that look right but for one thing. Each is refused; the one without the flaw is believed. */
class ForgedTokensTest {
    private static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path data;

    @Test
    void the_token_that_the_others_are_made_from_is_believed() {
        var believed = tokens().verify(new Draft().token());

        assertThat(believed.role()).isEqualTo(Role.ADMIN);
        assertThat(believed.subject()).isEqualTo("anna");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void a_token_is_refused_when(String flaw, String token) {
        var tokens = tokens();

        assertThatThrownBy(() -> tokens.verify(token))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.kind()).as(flaw).isEqualTo(Kind.UNAUTHORIZED));
        assertThat(tokens.remembered(token)).isNull();
    }

    @Test
    void there_are_at_least_forty_forgeries() {
        assertThat(forgeries().count()).isGreaterThanOrEqualTo(40);
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(headers(), keyNames(), claims(), times(), proofs(), texts())
                .flatMap(List::stream);
    }

    private static Arguments flaw(String name, String token) {
        return Arguments.of(name, token);
    }

    private static List<Arguments> headers() {
        return List.of(
                flaw(
                        "alg is none and there is no signature",
                        new Draft().header("alg", "none").unsigned()),
                flaw("alg is None", new Draft().header("alg", "None").unsigned()),
                flaw(
                        "alg is NONE with a signature",
                        new Draft().header("alg", "NONE").token()),
                flaw(
                        "alg is HS256 with the public key as secret",
                        new Draft().header("alg", "HS256").mac("HmacSHA256")),
                flaw(
                        "alg is HS384 with the public key as secret",
                        new Draft().header("alg", "HS384").mac("HmacSHA384")),
                flaw(
                        "alg is HS512 with the public key as secret",
                        new Draft().header("alg", "HS512").mac("HmacSHA512")),
                flaw("alg says EdDSA but the proof is an HMAC", new Draft().mac("HmacSHA256")),
                flaw(
                        "alg is another's that we know",
                        new Draft().header("alg", "ES256").token()),
                flaw("alg is in lower case", new Draft().header("alg", "eddsa").token()),
                flaw("alg is missing", new Draft().header("alg", null).token()),
                flaw(
                        "alg is a list",
                        new Draft().header("alg", List.of("EdDSA")).token()),
                flaw("typ is JWT", new Draft().header("typ", "JWT").token()),
                flaw(
                        "typ is of a node's join token",
                        new Draft().header("typ", "join+jwt").token()),
                flaw("typ is missing", new Draft().header("typ", null).token()),
                flaw(
                        "crit names an extension",
                        new Draft().header("crit", List.of("exp")).token()),
                flaw("crit is empty", new Draft().header("crit", List.of()).token()),
                flaw("b64 is false", new Draft().header("b64", false).token()));
    }

    private static List<Arguments> keyNames() {
        var foreign = foreignKey();
        return List.of(
                flaw("kid is missing", new Draft().header("kid", null).token()),
                flaw("kid is empty", new Draft().header("kid", "").token()),
                flaw(
                        "kid is unknown",
                        new Draft().header("kid", "abcdefghijklmnop").token()),
                flaw(
                        "kid is a path",
                        new Draft().header("kid", "../keys/token-1.json").token()),
                flaw(
                        "kid is the null device",
                        new Draft().header("kid", "/dev/null").token()),
                flaw(
                        "kid is a query",
                        new Draft().header("kid", "' UNION SELECT 'x").token()),
                flaw(
                        "kid is a URL",
                        new Draft().header("kid", "http://127.0.0.1/key").token()),
                flaw("kid is a number", new Draft().header("kid", 1).token()),
                flaw(
                        "kid is another node's and signed by it",
                        new Draft().by(foreign).token()),
                flaw(
                        "our kid but signed by another",
                        new Draft().header("jku", "http://x/keys").signedBy(foreign)),
                flaw(
                        "the key comes along in jwk",
                        new Draft().header("jwk", jwk(foreign)).signedBy(foreign)),
                flaw(
                        "the key comes along in x5c",
                        new Draft().header("x5c", List.of("MII")).signedBy(foreign)));
    }

    private static List<Arguments> claims() {
        return List.of(
                flaw("iss is missing", new Draft().claim("iss", null).token()),
                flaw(
                        "iss is another",
                        new Draft().claim("iss", "https://accounts.example").token()),
                flaw("iss is a list", new Draft().claim("iss", List.of("skein")).token()),
                flaw("aud is missing", new Draft().claim("aud", null).token()),
                flaw("aud is another", new Draft().claim("aud", "skein-join").token()),
                flaw("aud is empty", new Draft().claim("aud", List.of()).token()),
                flaw(
                        "aud holds numbers",
                        new Draft().claim("aud", List.of(1, "skein-api")).token()),
                flaw("sub is missing", new Draft().claim("sub", null).token()),
                flaw("sub is blank", new Draft().claim("sub", " ").token()),
                flaw("sub is endless", new Draft().claim("sub", "x".repeat(129)).token()),
                flaw("role is missing", new Draft().claim("role", null).token()),
                flaw("role is unknown", new Draft().claim("role", "owner").token()),
                flaw(
                        "role is a list",
                        new Draft().claim("role", List.of("admin")).token()));
    }

    private static List<Arguments> times() {
        long now = NOW.getEpochSecond();
        return List.of(
                flaw("exp is missing", new Draft().claim("exp", null).token()),
                flaw(
                        "exp has passed",
                        new Draft()
                                .claim("iat", now - 60)
                                .claim("exp", now - 10)
                                .token()),
                flaw(
                        "exp is text",
                        new Draft().claim("exp", String.valueOf(now + 60)).token()),
                flaw("exp is null", new Draft().claim("exp", JSON.nullNode()).token()),
                flaw("exp is negative", new Draft().claim("exp", -1).token()),
                flaw("exp is beyond all dates", new Draft().claim("exp", 1e300).token()),
                flaw(
                        "exp is a day away",
                        new Draft()
                                .claim("iat", null)
                                .claim("exp", now + 86_400)
                                .token()),
                flaw(
                        "it was meant to live a day",
                        new Draft().claim("iat", now - 80_000).token()),
                flaw("nbf is to come", new Draft().claim("nbf", now + 90).token()),
                flaw("nbf is text", new Draft().claim("nbf", "now").token()),
                flaw("iat is to come", new Draft().claim("iat", now + 90).token()));
    }

    private static List<Arguments> proofs() {
        var parts = new Draft().token().split("\\.");
        var other = new Draft().claim("role", "viewer").token().split("\\.");
        var flipped = Base64.getUrlDecoder().decode(parts[2]);
        flipped[3] ^= 1;
        return List.of(
                flaw("the signature is missing", parts[0] + "." + parts[1] + "."),
                flaw("the signature is another token's", parts[0] + "." + parts[1] + "." + other[2]),
                flaw("the claims are another token's", parts[0] + "." + other[1] + "." + parts[2]),
                flaw("one bit is wrong", parts[0] + "." + parts[1] + "." + base64(flipped)),
                flaw("the signature is zero", parts[0] + "." + parts[1] + "." + base64(new byte[64])),
                flaw("the signature is short", parts[0] + "." + parts[1] + "." + base64(new byte[12])),
                flaw("the signature goes on", parts[0] + "." + parts[1] + "." + parts[2] + "AAAA"));
    }

    private static List<Arguments> texts() {
        var token = new Draft().token();
        var parts = token.split("\\.");
        var header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        var twice = header.replace("{", "{\"alg\":\"none\",");
        return List.of(
                flaw("it is empty", ""),
                flaw("it is two dots", ".."),
                flaw("it has two parts", parts[0] + "." + parts[1]),
                flaw("it has four parts", token + ".e30"),
                flaw("it has five parts, as encrypted ones do", token + ".e30.e30"),
                flaw("it is padded", parts[0] + "." + parts[1] + "." + parts[2] + "=="),
                flaw(
                        "it is in the other base64",
                        new Draft().claim("sub", "ÿÿÿ???>>>").token().replace('_', '/')),
                flaw("it has a space", parts[0] + " ." + parts[1] + "." + parts[2]),
                flaw("the last bits are not canonical", notCanonical(token)),
                flaw("the header is a list", new Draft().with("[]").signed()),
                flaw("the header is not JSON", new Draft().with("{").signed()),
                flaw("the header names alg twice", new Draft().with(twice).signed()),
                flaw("the header goes on", new Draft().with(header + "{}").signed()),
                flaw("it is endless", token + "A".repeat(5_000)),
                flaw(
                        "it is deeply nested",
                        new Draft().with("{\"a\":" + "[".repeat(500)).signed()));
    }

    private static String notCanonical(String token) {
        char last = token.charAt(token.length() - 1); // its low bits carry nothing and must be zero
        return token.substring(0, token.length() - 1) + (char) (last + 1);
    }

    private static Tokens tokens() {
        return Tokens.open(data, Algorithm.EDDSA, InstantSource.fixed(NOW));
    }

    private static SigningKey ownKey() {
        var keys = new KeyFiles(data).load(Algorithm.EDDSA);
        return keys.get(0);
    }

    private static SigningKey foreignKey() {
        try {
            return SigningKey.of(Algorithm.EDDSA, Algorithm.EDDSA.generate());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> jwk(SigningKey key) {
        return Map.of(
                "kty",
                "OKP",
                "crv",
                "Ed25519",
                "x",
                base64(key.pair().getPublic().getEncoded()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A token in the making; without any change it is right. */
    private static final class Draft {
        private final Map<String, Object> header = new LinkedHashMap<>();
        private final Map<String, Object> claims = new LinkedHashMap<>();
        private SigningKey key = ownKey();
        private String headerText = "";

        Draft() {
            header.putAll(Map.of("alg", "EdDSA", "typ", "at+jwt", "kid", key.kid()));
            claims.putAll(Map.of("iss", "skein", "aud", "skein-api", "sub", "anna", "role", "admin"));
            claims.put("iat", NOW.getEpochSecond());
            claims.put("exp", NOW.plus(Duration.ofMinutes(10)).getEpochSecond());
        }

        Draft header(String name, Object value) {
            return set(header, name, value);
        }

        Draft claim(String name, Object value) {
            return set(claims, name, value);
        }

        private Draft set(Map<String, Object> object, String name, Object value) {
            if (value == null) {
                object.remove(name);
            } else {
                object.put(name, value);
            }
            return this;
        }

        Draft with(String wholeHeader) {
            headerText = wholeHeader;
            return this;
        }

        Draft by(SigningKey other) {
            key = other;
            return header("kid", other.kid());
        }

        String token() {
            return Jws.sign(json(header), json(claims), key);
        }

        String signed() {
            return Jws.sign(headerText, json(claims), key);
        }

        String signedBy(SigningKey other) {
            return Jws.sign(json(header), json(claims), other);
        }

        String unsigned() {
            var parts = new ArrayList<>(List.of(token().split("\\.")));
            return parts.get(0) + "." + parts.get(1) + ".";
        }

        String mac(String algorithm) {
            var token = token();
            var text = token.substring(0, token.lastIndexOf('.'));
            try {
                var mac = Mac.getInstance(algorithm);
                mac.init(new SecretKeySpec(key.pair().getPublic().getEncoded(), algorithm));
                return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        private static String json(Map<String, Object> object) {
            try {
                return JSON.writeValueAsString(object);
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }
    }
}
