package dev.skein.tls;

import dev.skein.audit.Audit;
import dev.skein.audit.Deed;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Believes whatever the authorities in force have signed, and notes who is not believed. Thread-safe. */
final class LiveTrust extends X509ExtendedTrustManager {
    private final Supplier<X509ExtendedTrustManager> current;
    private final Audit audit;

    LiveTrust(Supplier<X509ExtendedTrustManager> current, Audit audit) {
        this.current = current;
        this.audit = audit;
    }

    /** Believes certificates of these authorities and no others. */
    static X509ExtendedTrustManager of(List<X509Certificate> authorities) throws IOException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("ca-" + i, authorities.get(i));
            }
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IOException("the authorities cannot be used", e);
        }
    }

    @FunctionalInterface
    private interface Check {
        void run(X509ExtendedTrustManager trust) throws CertificateException;
    }

    private void check(X509Certificate[] chain, Check check) throws CertificateException {
        try {
            check.run(current.get());
        } catch (CertificateException refused) {
            var who =
                    chain.length == 0 ? "" : chain[0].getSubjectX500Principal().getName();
            audit.note(Deed.refused("tls.refused", who, "bus", reason(refused)));
            throw refused;
        }
    }

    private static String reason(Throwable refused) {
        var text = String.valueOf(refused.getMessage());
        for (var cause = refused; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException path) {
                text = path.getReason() + ": " + path.getMessage();
            }
        }
        return text;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, trust -> trust.checkClientTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, trust -> trust.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, trust -> trust.checkClientTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, trust -> trust.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, trust -> trust.checkClientTrusted(chain, type));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, trust -> trust.checkServerTrusted(chain, type));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return current.get().getAcceptedIssuers();
    }
}
