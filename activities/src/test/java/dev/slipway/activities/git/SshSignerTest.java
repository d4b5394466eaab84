package dev.slipway.activities.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.IacRepository.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledIf(value = "isUsable", disabledReason = "needs git and ssh-keygen")
class SshSignerTest {
    @TempDir
    Path folder;

    static boolean isUsable() {
        return Program.areThere("git", "ssh-keygen");
    }

    private Path generate(String name, String passphrase, String... options) {
        Path file = folder.resolve(name);
        List<String> command =
                new ArrayList<>(List.of("ssh-keygen", "-q", "-N", passphrase, "-C", "", "-f", file.toString()));
        command.addAll(List.of(options));
        new Program(folder).output(command.toArray(String[]::new));
        return file;
    }

    private static SigningKey key(Path file) throws IOException {
        return new SigningKey("iac-signing", Files.readString(file));
    }

    private String commit(TestRepository git, CommitSigner signer) throws IOException {
        try (Draft draft = new Draft(git.repository(), signer)) {
            ObjectId chart = draft.write(Map.of());
            return draft.commit(null, "charts/shop", chart, Person.SLIPWAY, "D\u00e9ploy\n\nKey: value\n")
                    .name();
        }
    }

    /** What git says of a commit, where {@code trusted} is the only key that may sign. */
    private Program.Result verify(String commit, Path trusted) throws IOException {
        String allowed = "slipway@localhost " + Files.readString(Path.of(trusted + ".pub"));
        Path signers = Files.writeString(folder.resolve("allowed-signers"), allowed);
        return new Program(folder)
                .run(List.of(
                        "git",
                        "--git-dir=" + folder.resolve("r.git"),
                        "-c",
                        "gpg.format=ssh",
                        "-c",
                        "gpg.ssh.allowedSignersFile=" + signers,
                        "verify-commit",
                        commit));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-t ed25519",
                "-t ecdsa -b 256",
                "-t ecdsa -b 384",
                "-t ecdsa -b 521",
                "-t rsa -b 2048",
                "-t rsa -b 3072 -m PEM",
                "-t ecdsa -m PKCS8"
            })
    void gitAcceptsTheSignatureOfThatKeyAndOfNoOther(String options) throws IOException {
        Path key = generate("key", "", options.split(" ", -1));
        Path other = generate("other", "", "-t", "ed25519");

        try (TestRepository git = new TestRepository(folder.resolve("r.git"))) {
            String commit = commit(git, key(key).signer());

            assertThat(verify(commit, key).output()).contains("Good \"git\" signature for slipway@localhost");
            assertThat(verify(commit, key).exitCode()).isZero();
            assertThat(verify(commit, other).exitCode()).isNotZero();
        }
    }

    @Test
    void leavesCommitsAsTheyAreWithoutAKey() throws IOException {
        Path key = generate("key", "", "-t", "ed25519");

        try (TestRepository git = new TestRepository(folder.resolve("r.git"))) {
            String commit = commit(git, CommitSigner.NONE);

            assertThat(verify(commit, key).exitCode()).isNotZero();
            assertThat(new Program(folder)
                            .output("git", "--git-dir=" + folder.resolve("r.git"), "cat-file", "commit", commit))
                    .doesNotContain("gpgsig");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t ed25519", "-t rsa -m PEM", "-t rsa -m PKCS8"})
    void refusesAPassphrase(String options) throws IOException {
        assertRefused(key(generate("key", "correct horse", options.split(" ", -1))), "it has a passphrase");
    }

    @Test
    void refusesAPublicKey() throws IOException {
        Path key = generate("key", "", "-t", "ed25519");
        Path rsa = generate("rsa", "", "-t", "rsa");
        String converted = new Program(folder).output("ssh-keygen", "-e", "-f", key.toString());
        String pem = new Program(folder).output("ssh-keygen", "-e", "-m", "PKCS8", "-f", rsa.toString());

        assertRefused(key(Path.of(key + ".pub")), "it is a public key. Store the private key");
        assertRefused(new SigningKey("iac-signing", converted), "it is a public key");
        assertRefused(new SigningKey("iac-signing", pem), "it is a public key");
    }

    @Test
    void refusesTwoKeysAtOnce() throws IOException {
        String both = Files.readString(generate("a", "", "-t", "ed25519"))
                + Files.readString(generate("b", "", "-t", "ed25519"));

        assertRefused(new SigningKey("iac-signing", both), "it holds 2 keys");
    }

    @Test
    void refusesWhatIsNoKey() throws IOException {
        String key = Files.readString(generate("key", "", "-t", "ed25519"));

        assertRefused(new SigningKey("iac-signing", ""), "it is not a supported private key");
        assertRefused(new SigningKey("iac-signing", "hunter2"), "it is not a supported private key");
        assertRefused(new SigningKey("iac-signing", key.substring(0, 150)), "it is not a supported private key");
        assertRefused(
                new SigningKey("iac-signing", key.replaceAll("(?m)^b3.{30}", "b3JibGFoYmxhaGJsYWhibGFoYmxhaGJs")),
                "it is not a supported private key");
    }

    @Test
    void keepsItsKeyToItself() throws IOException {
        SigningKey key = key(generate("key", "", "-t", "ed25519"));

        assertThat(key + " " + key.signer()).isEqualTo("SigningKey[iac-signing] SigningKey[iac-signing]");
    }

    static void assertRefused(SigningKey key, String reason) {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(key::signer)
                .satisfies(refusal -> assertThat(refusal.type()).isEqualTo(FailureType.INVALID_SIGNING_KEY))
                .withMessageContaining("The secret iac-signing cannot sign commits: " + reason)
                .withMessageEndingWith("(slipway secret set iac-signing).")
                .withNoCause()
                .satisfies(refusal -> key.text()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .forEach(line -> assertThat(refusal).message().doesNotContain(line)));
    }
}
