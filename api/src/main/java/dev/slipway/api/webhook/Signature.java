package dev.slipway.api.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.gitops.Webhook;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** HMAC-SHA256, as each sender writes it. */
final class Signature {
    /** Of <a href="https://www.standardwebhooks.com">Standard Webhooks</a>, which GitLab follows. */
    static final String TIMESTAMP = "webhook-timestamp";

    private static final String ID = "webhook-id";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** The signature that {@code key} gives the delivery, where the delivery shows it; empty where it shows none or another. */
    static Optional<byte[]> shown(Delivery delivery, Webhook.Type type, byte[] key) {
        List<byte[]> claimed = switch (type) {
            case FLUX -> hex(delivery.header("X-Signature"), "sha256=");
            case GITHUB -> hex(delivery.header("X-Hub-Signature-256"), "sha256=");
            case GITEA -> hex(delivery.header("X-Gitea-Signature"), "");
            case GITLAB -> standard(delivery);
        };
        byte[] genuine = hmac(key, type == Webhook.Type.GITLAB ? head(delivery) : "", delivery.body());
        boolean shown = false;
        for (byte[] one : claimed) {
            shown |= MessageDigest.isEqual(genuine, one);
        }
        return shown ? Optional.of(genuine) : Optional.empty();
    }

    private static List<byte[]> hex(@Nullable String header, String prefix) {
        return header == null ? List.of() : claims(Stream.of(header), prefix, HexFormat.of()::parseHex);
    }

    // There may be several, while a key is exchanged for another one.
    private static List<byte[]> standard(Delivery delivery) {
        String header = delivery.header("webhook-signature");
        return header == null || delivery.header(ID) == null || delivery.header(TIMESTAMP) == null
                ? List.of()
                : claims(Arrays.stream(header.split(" ", -1)), "v1,", Base64.getDecoder()::decode);
    }

    private static List<byte[]> claims(Stream<String> texts, String prefix, Function<String, byte[]> decoder) {
        return texts.filter(text -> text.startsWith(prefix))
                .flatMap(text -> {
                    try {
                        return Stream.of(decoder.apply(text.substring(prefix.length())));
                    } catch (IllegalArgumentException e) {
                        return Stream.empty();
                    }
                })
                .toList();
    }

    private static String head(Delivery delivery) {
        return delivery.header(ID) + "." + delivery.header(TIMESTAMP) + ".";
    }

    private static byte[] hmac(byte[] key, String head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(head.getBytes(UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
