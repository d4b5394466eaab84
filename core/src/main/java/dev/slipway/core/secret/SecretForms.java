package dev.slipway.core.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** How a secret is written in the texts that programs make of it: as it is, URL-encoded, in JSON and in Base64. */
final class SecretForms {
    private static final int SHORTEST_BASE64 = 6;

    // Where base64 and MIME, and where openssl and PEM break their lines.
    private static final List<Integer> BASE64_LINES = List.of(76, 64);

    // What encoders leave alone beside letters and digits: that of HTML forms, RFC 3986, JavaScript, and one for paths.
    private static final List<String> UNRESERVED = List.of("-_.*", "-_.~", "-_.~!*'()", "-_.~/");
    private static final List<HexFormat> HEX =
            List.of(HexFormat.of().withUpperCase(), HexFormat.of().withLowerCase());

    private final String secret;
    private final byte[] bytes;
    private final Set<String> forms = new LinkedHashSet<>();

    private SecretForms(String secret) {
        this.secret = secret;
        this.bytes = secret.getBytes(StandardCharsets.UTF_8);
    }

    static Set<String> of(String secret) {
        SecretForms all = new SecretForms(secret);
        all.forms.add(secret);
        all.addUrlEncoded();
        all.addJson();
        all.addBase64();
        return all.forms;
    }

    private void addUrlEncoded() {
        for (String unreserved : UNRESERVED) {
            for (HexFormat hex : HEX) {
                String encoded = urlEncoded(unreserved, hex);
                forms.add(encoded);
                forms.add(encoded.replace("%20", "+"));
            }
        }
    }

    private String urlEncoded(String unreserved, HexFormat hex) {
        StringBuilder encoded = new StringBuilder();
        for (byte next : bytes) {
            boolean plain = next > 0 && (Character.isLetterOrDigit(next) || unreserved.indexOf(next) >= 0);
            encoded.append(plain ? Character.toString(next) : "%" + hex.toHexDigits(next));
        }
        return encoded.toString();
    }

    /** Writers differ in what they escape beyond what they must: nothing, the slash, what HTML knows, all but ASCII. */
    private void addJson() {
        String json = json(_ -> false);
        forms.add(json);
        forms.add(json.replace("/", "\\/"));
        forms.add(json(character -> "<>&".indexOf(character) >= 0));
        forms.add(json(character -> character > '~'));
    }

    private String json(IntPredicate byNumber) {
        StringBuilder json = new StringBuilder();
        secret.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                json.append('\\').append((char) character);
            } else if (character == '\t') {
                json.append("\\t");
            } else if (character < ' ' || byNumber.test(character)) {
                json.append("\\u%04x".formatted(character));
            } else {
                json.append((char) character);
            }
        });
        return json.toString();
    }

    private void addBase64() {
        for (int shift = 0; shift < 3; shift++) {
            addBase64(base64(Base64.getEncoder(), shift));
            addBase64(base64(Base64.getUrlEncoder(), shift));
        }
        String digits = base64(Base64.getEncoder(), 0);
        for (int width : BASE64_LINES) {
            for (int at = 0; at < digits.length(); at += width) {
                addBase64(digits.substring(at, Math.min(at + width, digits.length())));
            }
        }
    }

    private void addBase64(String digits) {
        if (digits.length() >= SHORTEST_BASE64) {
            forms.add(digits);
        }
    }

    /** What Base64 makes of it behind {@code shift} other bytes, without the digits that it shares with neighbours. */
    private String base64(Base64.Encoder encoder, int shift) {
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        return encoder.encodeToString(shifted).substring((shift * 8 + 5) / 6, shifted.length * 8 / 6);
    }
}
