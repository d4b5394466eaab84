package dev.slipway.core.gitops;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.input.Texts;
import dev.slipway.core.manifest.Field;
import dev.slipway.core.manifest.Form;
import dev.slipway.core.manifest.Kind;
import java.util.List;
import java.util.Objects;
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
@Kind("The Git repository that a reconciler reads.")
public record IacRepository(
        @Field(value = "How environments refer to the repository.", form = Form.NAME)
        String name,

        @Field(
                name = "url",
                value = "Must not contain a password; may contain the user, for example https://slipway@host/iac.",
                type = "`https://` or `ssh://` URL")
        GitRemote remote,

        @Field(
                value = "The branch that commits are pushed to, never with --force.",
                defaultValue = "main",
                type = "branch")
        String branch,

        @Field(
                value = "The password or token for https, the private key for ssh. To store one: slipway secret set",
                form = Form.SECRET)
        @Nullable
        String credential,

        @Field(value = "Author and committer of the commits.", otherwise = "Slipway")
        Person author,

        @Field(
                value = "A certificate authority that is trusted for this repository in addition to the default ones.",
                type = "PEM")
        @Nullable
        String certificateAuthority,

        @Field(
                value = "Required for ssh: the host's keys, as ssh-keyscan prints them. Verify them first; no key is"
                        + " trusted on first use.",
                type = "list of lines")
        List<String> knownHosts,

        @Field(
                value = "The private key that signs commits: OpenSSH or OpenPGP, without a passphrase.",
                form = Form.SECRET,
                otherwise = "commits are not signed")
        // Written only where there is one: what was written before the field came stays as it is.
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String signingKey) {

    /** As in a commit. */
    public record Person(
            @Field("As in a commit.") String name,
            @Field("As in a commit.") String email) {
        public static final Person SLIPWAY = new Person("Slipway", "slipway@localhost");

        public Person {
            requirePlain("name", name);
            requirePlain("email", email);
        }

        private static void requirePlain(String field, String text) {
            if (Texts.requireLine(field, text).isBlank() || text.contains("<") || text.contains(">")) {
                throw new InvalidInputException(field, "must not contain < or >");
            }
        }
    }

    public IacRepository {
        Names.requireName("name", name);
        author = Objects.requireNonNullElse(author, Person.SLIPWAY);
        BranchName.require("branch", branch);
        requireSecretName("credential", credential);
        requireSecretName("signingKey", signingKey);
        if (remote.isOpen()) {
            throw new InvalidInputException(
                    "url", "uses plain http, which is not protected against tampering; use https or ssh");
        }
        knownHosts = Texts.requireLines("knownHosts", knownHosts);
        if (remote.scheme() == GitRemote.Scheme.SSH && knownHosts.isEmpty()) {
            throw new InvalidInputException(
                    "knownHosts", "is missing; ssh-keyscan " + remote.host() + " prints the lines to verify and add");
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
                    field, "must be the name of a stored secret; store one with \"slipway secret set NAME\"");
        }
    }
}
