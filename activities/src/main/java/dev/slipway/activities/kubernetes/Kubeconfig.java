package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a cluster and who asks there, as the current context of a kubeconfig tells them. Whatever would run a
 * program or read a file of this machine is refused, as a kubeconfig comes from a user.
 */
public final class Kubeconfig {
    private static final int LARGEST = 256 << 10;
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** A field that is refused, and what to do instead. */
    private record Refusal(String field, String instead) {}

    private static final List<Refusal> OF_CLUSTERS = List.of(
            new Refusal("certificate-authority", "embed the certificate as certificate-authority-data"),
            new Refusal("insecure-skip-tls-verify", "embed the authority as certificate-authority-data"),
            new Refusal("tls-server-name", "use the address of the server"),
            new Refusal("proxy-url", "use a server that is reached directly"));
    private static final List<Refusal> OF_USERS = List.of(
            new Refusal("exec", "programs are not run; use the token of a service account"),
            new Refusal("auth-provider", "programs are not run; use the token of a service account"),
            new Refusal("tokenFile", "embed the token as token"),
            new Refusal("client-certificate", "embed the certificate as client-certificate-data"),
            new Refusal("client-key", "embed the key as client-key-data"),
            new Refusal("as", "use the credentials of that user"));

    private final Tree cluster;
    private final Tree user;

    private Kubeconfig(Tree cluster, Tree user) {
        this.cluster = cluster;
        this.user = user;
    }

    /**
     * The host that {@code text} leads to. Fails with {@code ClusterRefused}, naming the field, unless it is a kubeconfig
     * that can be used here.
     */
    public static String host(String text) {
        return URI.create(read(text).server()).getHost();
    }

    static Kubeconfig read(String text) {
        Tree root = parse(text);
        String current = root.text("current-context").orElseGet(() -> onlyContext(root));
        Tree context = named(root, "contexts", current, "context");
        Kubeconfig read = new Kubeconfig(
                named(root, "clusters", context.text("cluster").orElse(""), "cluster"),
                named(root, "users", context.text("user").orElse(""), "user"));
        read.check();
        return read;
    }

    private void check() {
        OF_CLUSTERS.forEach(refusal -> refuse(cluster, refusal));
        OF_USERS.forEach(refusal -> refuse(user, refusal));
        requireSecure(server());
    }

    private static void refuse(Tree tree, Refusal refusal) {
        Object value = tree.at(refusal.field()).value();
        if (value != null && !Boolean.FALSE.equals(value) && !value.toString().isEmpty()) {
            throw refused("the field \"" + refusal.field() + "\" is not supported: " + refusal.instead() + ".");
        }
    }

    private String server() {
        return cluster.text("server").orElseThrow(() -> refused("the field \"server\" is missing."));
    }

    private static void requireSecure(String server) {
        URI address;
        try {
            address = new URI(server);
        } catch (URISyntaxException e) {
            throw refused("the field \"server\" is not a URL, for example https://10.0.0.1:6443.");
        }
        String host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
        boolean secure = "https".equalsIgnoreCase(address.getScheme())
                || ("http".equalsIgnoreCase(address.getScheme())
                        && LOOPBACK.matcher(host).matches());
        if (host.isEmpty() || address.getUserInfo() != null || !secure) {
            throw refused("the field \"server\" must be an https URL, for example https://10.0.0.1:6443.");
        }
    }

    Config configuration() {
        ConfigBuilder builder = ClusterClients.defaults().withMasterUrl(server());
        cluster.text("certificate-authority-data").ifPresent(builder::withCaCertData);
        user.text("client-certificate-data").ifPresent(builder::withClientCertData);
        user.text("client-key-data")
                .ifPresent(key -> builder.withClientKeyData(key).withClientKeyAlgo(keyAlgorithm(key)));
        user.text("token").ifPresent(builder::withOauthToken);
        user.text("username").ifPresent(builder::withUsername);
        user.text("password").ifPresent(builder::withPassword);
        return builder.build();
    }

    /** The client takes an elliptic one for RSA unless it is told. */
    private static String keyAlgorithm(String data) {
        try {
            String pem = new String(Base64.getMimeDecoder().decode(data), StandardCharsets.US_ASCII);
            Matcher key = PKCS8.matcher(pem);
            if (!key.find()) {
                return pem.contains("BEGIN EC ") ? "EC" : "RSA";
            }
            byte[] encoded = Base64.getMimeDecoder().decode(key.group(1));
            return isRsa(encoded) ? "RSA" : "EC";
        } catch (IllegalArgumentException e) {
            throw refused("the field \"client-key-data\" is not a Base64-encoded PEM key.");
        }
    }

    private static boolean isRsa(byte[] encoded) {
        try {
            KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Tree parse(String text) {
        if (text.length() > LARGEST) {
            throw refused("it is larger than " + LARGEST / 1024 + " KiB.");
        }
        try {
            return new Tree(new KubernetesSerialization().unmarshal(text, Map.class));
        } catch (RuntimeException e) {
            // What parsers say quotes the text, which is secret.
            throw refused("it is not a YAML document of kind Config.");
        }
    }

    private static String onlyContext(Tree root) {
        List<Tree> contexts = root.items("contexts");
        if (contexts.size() != 1) {
            throw refused("the field \"current-context\" is missing.");
        }
        return contexts.getFirst().text("name").orElse("");
    }

    private static Tree named(Tree root, String list, String name, String field) {
        return root.items(list).stream()
                .filter(entry -> entry.text("name").filter(name::equals).isPresent())
                .map(entry -> entry.at(field))
                .findFirst()
                .orElseThrow(
                        () -> refused("its current context refers to an entry that is missing from \"" + list + "\"."));
    }

    private static SlipwayException refused(String problem) {
        return new SlipwayException(FailureType.CLUSTER_REFUSED, "Invalid kubeconfig: " + problem);
    }
}
