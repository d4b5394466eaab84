package dev.slipway.activities.git;

import dev.slipway.core.gitops.GitRemote;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/** The keys that the host of one remote may have. There is no trust at first sight. */
final class HostKeys implements ServerKeyDatabase {
    private final GitRemote remote;
    private final List<PublicKey> known = new ArrayList<>();
    private final List<PublicKey> revoked = new ArrayList<>();
    private @Nullable String refusal;

    HostKeys(GitRemote remote, List<String> knownHosts) {
        this.remote = remote;
        for (String line : knownHosts) {
            read(line.strip());
        }
    }

    private void read(String line) {
        try {
            KnownHostEntry entry =
                    line.isEmpty() || line.startsWith("#") ? null : KnownHostEntry.parseKnownHostEntry(line);
            if (entry == null || !entry.isHostMatch(remote.host(), remote.port())) {
                return;
            }
            PublicKey key = entry.getKeyEntry().resolvePublicKey(null, null);
            String marker = entry.getMarker();
            if (key != null && marker == null) {
                known.add(key);
            } else if (key != null && marker.equals("revoked")) {
                revoked.add(key);
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // A line that cannot be read vouches for nobody.
            return;
        }
    }

    @Override
    public List<PublicKey> lookup(String connectAddress, InetSocketAddress remoteAddress, Configuration config) {
        return List.copyOf(known);
    }

    @Override
    public synchronized boolean accept(
            String connectAddress,
            InetSocketAddress remoteAddress,
            PublicKey serverKey,
            Configuration config,
            @Nullable CredentialsProvider provider) {
        if (KeyUtils.findMatchingKey(serverKey, revoked) == null
                && KeyUtils.findMatchingKey(serverKey, known) != null) {
            return true;
        }
        refusal = "The host " + remote.host() + " presented the key " + KeyUtils.getFingerPrint(serverKey) + " ("
                + KeyUtils.getKeyType(serverKey) + "), "
                + (known.isEmpty()
                        ? "but knownHosts of the repository has no key for it."
                        : "which does not match knownHosts of the repository.")
                + " Nothing was sent to it. Verify the key with the owner of the host, then add it to knownHosts.";
        return false;
    }

    /** Why the host was not accepted; empty where it was, or was not reached. */
    synchronized Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }
}
