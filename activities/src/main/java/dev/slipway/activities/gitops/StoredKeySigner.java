package dev.slipway.activities.gitops;

import dev.slipway.activities.git.CommitSigner;
import dev.slipway.activities.git.SigningKey;
import dev.slipway.core.secret.SecretSource;
import org.eclipse.jgit.lib.GpgSignature;
import org.jspecify.annotations.Nullable;

/** Signs with a stored key. It is read when a commit asks for it: what the branch has already needs none. */
final class StoredKeySigner implements CommitSigner {
    private final SecretSource secrets;
    private final String secret;
    private @Nullable CommitSigner signer;

    StoredKeySigner(SecretSource secrets, String secret) {
        this.secrets = secrets;
        this.secret = secret;
    }

    @Override
    public @Nullable GpgSignature sign(byte[] commit) {
        if (signer == null) {
            signer = new SigningKey(secret, secrets.resolve(secret)).signer();
        }
        return signer.sign(commit);
    }
}
