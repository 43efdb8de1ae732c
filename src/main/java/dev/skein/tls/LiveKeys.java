package dev.skein.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows whatever certificate is in force when a connection begins. Thread-safe. */
final class LiveKeys extends X509ExtendedKeyManager {
    private final Supplier<Identity> identity;

    LiveKeys(Supplier<Identity> identity) {
        this.identity = identity;
    }

    /** The alias says which certificate was chosen, so that its key is not mixed with that of a newer one. */
    private @Nullable String alias(String keyType) {
        var current = identity.get();
        return current.key().getAlgorithm().equals(keyType)
                        || (keyType.startsWith("Ed")
                                && current.key().getAlgorithm().startsWith("Ed"))
                ? current.certificate().getSerialNumber().toString(16)
                : null;
    }

    private @Nullable Identity chosen(String alias) {
        var current = identity.get();
        return current.certificate().getSerialNumber().toString(16).equals(alias) ? current : null;
    }

    private @Nullable String first(String[] keyTypes) {
        for (var type : keyTypes) {
            var alias = alias(type);
            if (alias != null) {
                return alias;
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
        return first(types);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
        return alias(type);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, Socket socket) {
        return first(types);
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
        return alias(type);
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        var alias = alias(type);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return getClientAliases(type, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        var found = chosen(alias);
        return found == null ? null : found.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        var found = chosen(alias);
        return found == null ? null : found.key();
    }
}
