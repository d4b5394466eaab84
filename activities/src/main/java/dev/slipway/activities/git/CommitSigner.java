package dev.slipway.activities.git;

import org.eclipse.jgit.lib.GpgSignature;
import org.jspecify.annotations.Nullable;

/** Signs commits. */
@FunctionalInterface
public interface CommitSigner {
    /** Leaves them as they are. */
    CommitSigner NONE = _ -> null;

    /** The signature, by OpenSSH or OpenPGP, of a commit that has none yet; null for none. */
    @Nullable
    GpgSignature sign(byte[] commit);
}
