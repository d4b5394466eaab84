package dev.slipway.acceptance.git;

import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.stack.Command;
import dev.slipway.acceptance.stack.Ports;
import dev.slipway.acceptance.stack.Stack;
import dev.slipway.core.gitops.GitRemote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real Git server over ssh: sshd and git-shell. Who logs in is whoever runs the test, and may use Git only. */
public final class SshGitServer implements AutoCloseable {
    /** What to say of a test that is skipped because {@link #isUsable()} says no. */
    public static final String NEEDS = "needs git, sshd and root";

    private static final Path SSHD = Path.of("/usr/sbin/sshd");

    private final Path folder;
    private final int port = Ports.free();
    private final AtomicInteger keys = new AtomicInteger();
    private final Process process;
    private final Thread emergency;

    private SshGitServer(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("repositories"));
        // sshd wants it, and the package's service would make it.
        Files.createDirectories(Path.of("/run/sshd"));
        key("host", "ed25519", "RFC4716");
        Path configuration = Files.writeString(folder.resolve("sshd_config"), configuration());
        this.process = new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        this.emergency = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(emergency);
        await("sshd").atMost(Stack.SOON).until(() -> GitServer.accepts(port));
    }

    /** For conditions of tests. */
    public static boolean isUsable() {
        return Stream.of(SSHD, Path.of("/usr/bin/ssh-keygen"), Path.of("/usr/bin/git-shell"))
                        .allMatch(Files::isExecutable)
                && System.getProperty("user.name").equals("root");
    }

    /** One that keeps all that it has in {@code folder}. */
    public static SshGitServer start(Path folder) {
        try {
            return new SshGitServer(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration() {
        return """
                ListenAddress 127.0.0.1:%d
                HostKey %s
                PidFile none
                AuthorizedKeysFile %s
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitRootLogin prohibit-password
                StrictModes no
                UsePAM no
                MaxStartups 100
                LogLevel VERBOSE
                """.formatted(port, folder.resolve("host"), folder.resolve("authorized_keys"));
    }

    /** A new private key that may log in. */
    public String allowedKey(String type, String format) {
        String name = "allowed" + keys.incrementAndGet();
        String key = key(name, type, format);
        try {
            Files.writeString(
                    folder.resolve("authorized_keys"),
                    "restrict,command=\"git-shell -c \\\"$SSH_ORIGINAL_COMMAND\\\"\" "
                            + Files.readString(folder.resolve(name + ".pub")));
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new private key that nobody knows. */
    public String key(String name, String type, String format) {
        Path file = folder.resolve(name);
        Command.run("ssh-keygen", "-q", "-t", type, "-m", format, "-N", "", "-f", file.toString())
                .expect(0);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line of known_hosts for this server, with the key of {@code file}. */
    public List<String> knownHosts(String file) {
        try {
            return List.of("[127.0.0.1]:" + port + " "
                    + Files.readString(folder.resolve(file + ".pub")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public BareRepository create(String name) {
        return BareRepository.create(folder.resolve("repositories").resolve(name + ".git"));
    }

    public GitRemote remote(BareRepository repository) {
        return GitRemote.parse(
                "remote", "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + port + repository.folder());
    }

    /** What the server noted down. */
    public String log() {
        try {
            return Files.readString(folder.resolve("sshd.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        process.destroyForcibly();
        Runtime.getRuntime().removeShutdownHook(emergency);
    }
}
