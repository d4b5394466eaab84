package dev.slipway.activities.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Private keys as they are stored for ssh. */
final class SshKeys {
    private SshKeys() {}

    /**
     * Those in {@code text}; none where it is something else. Messages of what it throws may quote the key.
     *
     * @throws javax.security.auth.login.LoginException where they have a passphrase
     */
    static List<KeyPair> read(String text) throws IOException, GeneralSecurityException {
        List<KeyPair> pairs = new ArrayList<>();
        Iterable<KeyPair> read = SecurityUtils.loadKeyPairIdentities(
                null,
                NamedResource.ofName("key"),
                new ByteArrayInputStream((text.strip() + "\n").getBytes(StandardCharsets.UTF_8)),
                null);
        if (read != null) {
            read.forEach(pairs::add);
        }
        return pairs;
    }
}
