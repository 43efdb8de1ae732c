package dev.skein.auth;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/** The ways to sign a token; all of them with a private key that only the signer has. */
public enum Algorithm {
    EDDSA("EdDSA", "Ed25519", "Ed25519", NamedParameterSpec.ED25519),
    ES256("ES256", "EC", "SHA256withECDSAinP1363Format", new ECGenParameterSpec("secp256r1")),
    RS256("RS256", "RSA", "SHA256withRSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));

    private static final int P256_BITS = 256;
    private static final int RSA_BITS_MIN = 2048;

    private final String jwsName;
    private final String keyType;
    private final String signature;
    private final AlgorithmParameterSpec shape;

    Algorithm(String jwsName, String keyType, String signature, AlgorithmParameterSpec shape) {
        this.jwsName = jwsName;
        this.keyType = keyType;
        this.signature = signature;
        this.shape = shape;
    }

    /** The name in a token's header and in settings. */
    public String jwsName() {
        return jwsName;
    }

    public static Optional<Algorithm> named(String jwsName) {
        for (var algorithm : values()) {
            if (algorithm.jwsName.equals(jwsName)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    KeyPair generate() {
        try {
            var generator = KeyPairGenerator.getInstance(keyType);
            generator.initialize(shape);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 has " + keyType, e);
        }
    }

    KeyPair read(byte[] privateKey, byte[] publicKey) throws GeneralSecurityException {
        var factory = KeyFactory.getInstance(keyType);
        return new KeyPair(readPublic(publicKey), factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey)));
    }

    PublicKey readPublic(byte[] encoded) throws GeneralSecurityException {
        var key = KeyFactory.getInstance(keyType).generatePublic(new X509EncodedKeySpec(encoded));
        requireStrength(key);
        return key;
    }

    private static void requireStrength(PublicKey key) throws GeneralSecurityException {
        boolean isWeak = key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < RSA_BITS_MIN
                || key instanceof ECPublicKey ec
                        && ec.getParams().getCurve().getField().getFieldSize() != P256_BITS;
        if (isWeak) {
            throw new GeneralSecurityException("the key is of another size than its algorithm asks for");
        }
    }

    byte[] sign(byte[] text, PrivateKey key) {
        try {
            var signer = Signature.getInstance(signature);
            signer.initSign(key);
            signer.update(text);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with " + jwsName, e);
        }
    }

    boolean verify(byte[] text, byte[] proof, PublicKey key) {
        try {
            var verifier = Signature.getInstance(signature);
            verifier.initVerify(key);
            verifier.update(text);
            return verifier.verify(proof);
        } catch (GeneralSecurityException e) {
            return false; // a proof of the wrong shape
        }
    }
}
