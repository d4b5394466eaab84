package dev.slipway.activities.git;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;

/**
 * A private key that shall sign commits, as it is stored. It is used in memory only, and what is wrong with it is told
 * without a word of it.
 *
 * @param secret the name under which it is stored
 */
public record SigningKey(String secret, String text) {
    /** Fails with {@code InvalidSigningKey} unless the key could sign a commit now. */
    public CommitSigner signer() {
        return text.contains("-----BEGIN PGP ") ? OpenPgpSigner.of(this) : SshSigner.of(this);
    }

    SlipwayException isPublic() {
        return refused("it is a public key. Store the private key that belongs to it");
    }

    SlipwayException hasPassphrase() {
        return refused("it has a passphrase. Store a key without one");
    }

    SlipwayException isSeveral(int keys) {
        return refused("it holds " + keys + " keys. Store exactly one");
    }

    SlipwayException isNone() {
        return refused("it is not a supported private key. Store one of OpenSSH (ed25519, ecdsa or rsa), or an"
                + " armoured one of OpenPGP");
    }

    /** Without a cause: messages of those who read keys may quote them. */
    SlipwayException refused(String problem) {
        return new SlipwayException(
                FailureType.INVALID_SIGNING_KEY,
                "The secret " + secret + " cannot sign commits: " + problem + " (slipway secret set " + secret + ").");
    }

    @Override
    public String toString() {
        return "SigningKey[" + secret + "]";
    }
}
