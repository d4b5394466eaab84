package dev.slipway.core.gitops;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.input.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Git repository that a reconciler reads.
 *
 * @param credential names a secret: the password or token for https, the private key for ssh; null where none is needed
 * @param author who the commits are by
 * @param certificateAuthority PEM of an authority that is trusted for this repository beside the usual ones
 * @param knownHosts lines as in an {@code known_hosts} file; ssh needs the host's, as nothing is trusted at first sight
 * @param signingKey names a secret: the private key, of OpenSSH or OpenPGP, that commits are signed with; null for none
 */
public record IacRepository(
        String name,
        GitRemote remote,
        String branch,
        @Nullable String credential,
        Person author,
        @Nullable String certificateAuthority,
        List<String> knownHosts,
        // Written only where there is one: what was written before the field came stays as it is.
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String signingKey) {

    /** As in a commit. */
    public record Person(String name, String email) {
        public static final Person SLIPWAY = new Person("Slipway", "slipway@localhost");

        public Person {
            requirePlain("author.name", name);
            requirePlain("author.email", email);
        }

        private static void requirePlain(String field, String text) {
            if (Texts.requireLine(field, text).isBlank() || text.contains("<") || text.contains(">")) {
                throw new InvalidInputException(field, "must be a text without < and >");
            }
        }
    }

    public IacRepository {
        Names.requireName("name", name);
        BranchName.require("branch", branch);
        requireSecretName("credential", credential);
        requireSecretName("signingKey", signingKey);
        if (remote.isOpen()) {
            throw new InvalidInputException(
                    "url",
                    "is plain http, so that anybody on the way could change what is deployed; give https or ssh");
        }
        knownHosts = Texts.requireLines("knownHosts", knownHosts);
        if (remote.scheme() == GitRemote.Scheme.SSH && knownHosts.isEmpty()) {
            throw new InvalidInputException(
                    "knownHosts",
                    "is missing; ssh-keyscan " + remote.host() + " shows the lines to compare and to write");
        }
    }

    /** What is no name may be the secret itself, and is not repeated. */
    private static void requireSecretName(String field, @Nullable String name) {
        try {
            if (name != null) {
                Names.requireName(field, name);
            }
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    field, "is no name of a stored secret; \"slipway secret set NAME\" stores one, to be named here");
        }
    }
}
