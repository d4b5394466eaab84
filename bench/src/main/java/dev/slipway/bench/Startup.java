package dev.slipway.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** From nothing to a stack that is ready: its database is made, its agent is online. */
final class Startup {
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Path root;
    private final String springClasspath;

    Startup(Path root, String springClasspath) {
        this.root = root;
        this.springClasspath = springClasspath;
    }

    /** Beside a Spring Boot application of one process that answers on its port. */
    Row cold(int rounds) throws IOException, InterruptedException {
        Samples stack = Samples.none();
        Samples spring = Samples.none();
        for (int i = -1; i < rounds; i++) {
            Duration a = spring();
            Duration b = stack();
            if (i >= 0) {
                spring = spring.and(a);
                stack = stack.and(b);
            }
        }
        return Row.compare("cold start of the stack to ready / Spring Boot alone", stack, spring);
    }

    private Duration stack() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("slipway-bench");
        String slipway = root.resolve("slipway").toString();
        long start = System.nanoTime();
        run(slipway, "up", "--detach", "--data", data.toString());
        long end = System.nanoTime();
        run(slipway, "down", "--data", data.toString());
        run("rm", "-rf", data.toString());
        return Duration.ofNanos(end - start);
    }

    private Duration spring() throws IOException, InterruptedException {
        int port = freePort();
        long start = System.nanoTime();
        Process process = process(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                springClasspath,
                "dev.slipway.bench.spring.SpringAlone",
                "--server.address=127.0.0.1",
                "--server.port=" + port));
        while (process.isAlive() && !accepts(port)) {
            Thread.sleep(LOOK);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (!process.isAlive()) {
            throw new IllegalStateException("Spring Boot alone ended with " + process.exitValue());
        }
        process.destroy();
        process.waitFor();
        return took;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int exitCode = process(List.of(command)).waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + exitCode);
        }
    }

    private static Process process(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
