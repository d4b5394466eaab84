package dev.slipway.acceptance.docker;

import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.stack.Ports;
import dev.slipway.acceptance.stack.Stack;
import dev.slipway.core.artifact.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real registry, of the Debian package docker-registry. Docker trusts it, because it is on loopback. */
public final class Registry implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    private static final Pattern PUSHED = Pattern.compile("digest: (sha256:[0-9a-f]{64})");

    private final Path folder;
    private final int port;
    private final Process process;
    private final Thread emergency;

    private Registry(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
        this.emergency = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(emergency);
    }

    /** One that keeps its images in {@code folder}. */
    static Registry start(Path folder) throws IOException {
        Files.createDirectories(folder);
        int port = Ports.free();
        Path configuration = Files.writeString(
                folder.resolve("registry.yml"),
                "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: " + folder.resolve("data")
                        + "\nhttp:\n  addr: 127.0.0.1:" + port + "\n");
        Process process = new ProcessBuilder(PROGRAM.toString(), "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        Registry registry = new Registry(folder, port, process);
        await("the registry").atMost(Stack.SOON).until(registry::accepts);
        return registry;
    }

    /** Ends it, and forgets what Docker has pulled from it. */
    @Override
    public void close() {
        Docker.lines("images", "--no-trunc", "--format", "{{.Repository}} {{.ID}}").stream()
                .filter(line -> line.startsWith(host() + "/"))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .distinct()
                .forEach(id -> Docker.run("rmi", "-f", id));
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        Runtime.getRuntime().removeShutdownHook(emergency);
    }

    public String host() {
        return "127.0.0.1:" + port;
    }

    /** Puts {@code image} at a tag, which may have been another's, and leaves nothing of it on this node. The manifest's digest. */
    public Digest push(String repository, String tag, ServiceImage image) {
        String reference = host() + "/" + repository + ":" + tag;
        String id = image.importAs(reference, folder);
        String said = Docker.run("push", reference);
        Docker.run("rmi", "-f", id);
        Matcher pushed = PUSHED.matcher(said);
        if (!pushed.find()) {
            throw new AssertionError("Docker tells no digest of what it has pushed: " + said);
        }
        return new Digest(pushed.group(1));
    }

    private boolean accepts() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
