package dev.slipway.activities.git;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom https believes. Contexts are kept, because a context resumes its sessions. */
final class Trust {
    private static final int MOST_KEPT = 100;
    private static final Map<String, SSLContext> CONTEXTS = new ConcurrentHashMap<>();

    private Trust() {}

    /** The usual authorities, and those of {@code pem}. */
    static SSLContext with(@Nullable String pem) {
        if (CONTEXTS.size() > MOST_KEPT) {
            CONTEXTS.clear();
        }
        return CONTEXTS.computeIfAbsent(pem == null ? "" : pem, Trust::context);
    }

    private static SSLContext context(String pem) {
        try {
            List<Certificate> trusted = new ArrayList<>(usual());
            trusted.addAll(certificates(pem));
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : trusted) {
                store.setCertificateEntry(String.valueOf(store.size()), certificate);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory(store).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The trusted certificates cannot be read", e);
        }
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static List<X509Certificate> usual() throws GeneralSecurityException {
        return List.of(((X509TrustManager) factory(null).getTrustManagers()[0]).getAcceptedIssuers());
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        if (pem.isEmpty()) {
            return List.of();
        }
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        } catch (CertificateException e) {
            throw new SlipwayException(
                    FailureType.GIT_REFUSED,
                    "The repository's certificateAuthority is not a certificate in PEM format.",
                    e);
        }
    }
}
