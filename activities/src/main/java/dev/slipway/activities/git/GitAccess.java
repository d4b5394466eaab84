package dev.slipway.activities.git;

import dev.slipway.core.gitops.GitRemote;
import dev.slipway.core.secret.Mask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a repository is reached.
 *
 * @param secret the password or token for https, the private key for ssh; it is used, and kept nowhere
 * @param certificateAuthority PEM; trusted beside the usual ones
 * @param knownHosts lines as of an {@code known_hosts} file
 */
public record GitAccess(
        GitRemote remote, @Nullable String secret, @Nullable String certificateAuthority, List<String> knownHosts) {

    Mask mask() {
        return secret == null ? Mask.NOTHING : Mask.of(List.of(secret));
    }

    boolean isSsh() {
        return remote.scheme() == GitRemote.Scheme.SSH;
    }

    @Override
    public String toString() {
        return "GitAccess[" + remote + "]";
    }
}
