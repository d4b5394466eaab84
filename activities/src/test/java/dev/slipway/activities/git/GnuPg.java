package dev.slipway.activities.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The real gpg, with key rings of its own. */
final class GnuPg implements AutoCloseable {
    private final Program program;

    GnuPg(Path home) throws IOException {
        this.program = new Program(Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------")));
    }

    Program program() {
        return program;
    }

    String run(String... arguments) {
        return runWith("", arguments);
    }

    /** The passphrase is that of the key, whichever it is. */
    String runWith(String passphrase, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("gpg", "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", passphrase));
        command.addAll(List.of(arguments));
        return program.output(command.toArray(String[]::new));
    }

    /** A key of its own for {@code user}. */
    void generate(String user, String algorithm, String usage, String expiry) {
        run("--quick-generate-key", user, algorithm, usage, expiry);
    }

    String fingerprint(String user) {
        return run("--list-keys", "--with-colons", user)
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .findFirst()
                .orElseThrow()
                .split(":", -1)[9];
    }

    String privateKey(String user) {
        return run("--armor", "--export-secret-keys", user);
    }

    @Override
    public void close() {
        program.output("gpgconf", "--kill", "all");
    }
}
