package dev.slipway.activities.git;

import static dev.slipway.activities.git.SshSignerTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.gitops.IacRepository.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledIf(value = "isUsable", disabledReason = "needs git, gpg and gpg-agent")
class OpenPgpSignerTest {
    private static final String USER = "slipway@example.com";
    private static final String LONG_AGO = "--faked-system-time=20200101T000000";

    @TempDir
    Path folder;

    @TempDir
    Path home;

    private GnuPg gpg;

    static boolean isUsable() {
        return Program.areThere("git", "gpg", "gpg-agent", "gpgconf");
    }

    @BeforeEach
    void start() throws IOException {
        gpg = new GnuPg(home);
    }

    @AfterEach
    void stop() {
        gpg.close();
    }

    private static SigningKey key(String text) {
        return new SigningKey("iac-signing", text);
    }

    /** What git says of a commit that is signed with this key. */
    private Program.Result verified(String key) throws IOException {
        try (TestRepository git = new TestRepository(folder.resolve("r.git"));
                Draft draft = new Draft(git.repository(), key(key).signer())) {
            String commit = draft.commit(null, "charts/shop", draft.write(Map.of()), Person.SLIPWAY, "Deploy\n")
                    .name();
            return gpg.program()
                    .run(List.of("git", "--git-dir=" + folder.resolve("r.git"), "verify-commit", "--raw", commit));
        }
    }

    @ParameterizedTest
    @CsvSource({"ed25519, sign", "rsa2048, sign", "rsa3072, default", "nistp256, sign", "default, default"})
    void gitAcceptsTheSignature(String algorithm, String usage) throws IOException {
        gpg.generate(USER, algorithm, usage, "never");

        Program.Result verified = verified(gpg.privateKey(USER));

        assertThat(verified.exitCode()).isZero();
        assertThat(verified.output()).contains("GOODSIG", "VALIDSIG " + gpg.fingerprint(USER));
    }

    @Test
    void gitRefusesTheSignatureOfAKeyThatItDoesNotKnow() throws IOException {
        gpg.generate(USER, "ed25519", "sign", "never");
        String key = gpg.privateKey(USER);
        gpg.run("--yes", "--delete-secret-and-public-key", gpg.fingerprint(USER));

        Program.Result verified = verified(key);

        assertThat(verified.exitCode()).isNotZero();
        assertThat(verified.output()).contains("NO_PUBKEY");
    }

    @Test
    void signsWithASubkeyWhoseMainKeyStaysInASafe() throws IOException {
        gpg.generate(USER, "ed25519", "sign", "never");
        gpg.run("--quick-add-key", gpg.fingerprint(USER), "ed25519", "sign", "never");

        Program.Result verified = verified(gpg.run("--armor", "--export-secret-subkeys", USER));

        assertThat(verified.exitCode()).isZero();
        assertThat(verified.output())
                .contains("GOODSIG")
                .containsPattern("VALIDSIG .* " + gpg.fingerprint(USER))
                .doesNotContain("VALIDSIG " + gpg.fingerprint(USER));
    }

    @Test
    void refusesAPassphrase() {
        gpg.runWith("correct horse", "--quick-generate-key", USER, "ed25519", "sign", "never");

        assertRefused(
                key(gpg.runWith("correct horse", "--armor", "--export-secret-keys", USER)), "it has a passphrase");
    }

    @Test
    void refusesAPublicKey() {
        gpg.generate(USER, "ed25519", "sign", "never");

        assertRefused(key(gpg.run("--armor", "--export", USER)), "it is a public key. Store the private key");
    }

    @Test
    void refusesAKeyThatHasExpired() {
        gpg.run(LONG_AGO, "--quick-generate-key", USER, "ed25519", "sign", "30d");

        assertRefused(key(gpg.privateKey(USER)), "it expired on 2020-01-31. Extend it");
    }

    @Test
    void refusesAKeyWhoseSigningSubkeyHasExpired() {
        gpg.run(LONG_AGO, "--quick-generate-key", USER, "ed25519", "cert", "never");
        gpg.run(LONG_AGO, "--quick-add-key", gpg.fingerprint(USER), "ed25519", "sign", "30d");

        assertRefused(key(gpg.privateKey(USER)), "nothing in it may sign now");
    }

    @Test
    void refusesAKeyThatIsNotMadeForSigning() {
        gpg.generate(USER, "ed25519", "cert", "never");
        gpg.run("--quick-add-key", gpg.fingerprint(USER), "cv25519", "encr", "never");

        assertRefused(key(gpg.privateKey(USER)), "nothing in it may sign now");
    }

    @Test
    void refusesAKeyThatWasRevoked() throws IOException {
        gpg.generate(USER, "ed25519", "sign", "never");
        Path file = home.resolve("openpgp-revocs.d").resolve(gpg.fingerprint(USER) + ".rev");
        // A colon keeps people from importing it by mistake.
        Path revocation = Files.writeString(
                folder.resolve("revocation"), Files.readString(file).replace(":-----BEGIN", "-----BEGIN"));
        gpg.run("--import", revocation.toString());

        assertRefused(key(gpg.privateKey(USER)), "nothing in it may sign now");
    }

    @Test
    void refusesTheStubOfAKeyThatIsElsewhere() {
        gpg.generate(USER, "ed25519", "sign", "never");
        gpg.run("--quick-add-key", gpg.fingerprint(USER), "cv25519", "encr", "never");

        assertRefused(key(gpg.run("--armor", "--export-secret-subkeys", USER)), "nothing in it may sign now");
    }

    @Test
    void refusesTwoKeysAtOnce() {
        gpg.generate(USER, "ed25519", "sign", "never");
        gpg.generate("other@example.com", "ed25519", "sign", "never");

        assertRefused(key(gpg.run("--armor", "--export-secret-keys")), "it holds 2 keys");
    }

    @Test
    void refusesWhatIsNoKey() {
        gpg.generate(USER, "ed25519", "sign", "never");
        String key = gpg.privateKey(USER);

        assertRefused(key(key.substring(0, 200)), "it is not a supported private key");
        assertRefused(key("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nhunter2\n"), "it is not a supported private key");
        assertRefused(
                key("-----BEGIN PGP SIGNATURE-----\n\niHUEABYKAB0=\n=aaaa\n-----END PGP SIGNATURE-----\n"),
                "it is not a supported private key");
    }
}
