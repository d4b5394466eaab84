package dev.slipway.server.standalone;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked from the jar into the cache, and how they are run. */
record PostgresPrograms(Path folder, List<String> prefix) {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    static final String VERSION = "18.6.0";

    static PostgresPrograms of(CacheDirectory cache) throws IOException {
        String platform = platform();
        Path folder = cache.entry("postgres-" + VERSION + "-" + platform, target -> unpack(platform, target));
        return new PostgresPrograms(folder, stepDown());
    }

    /** The command line of one of the programs. */
    List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(folder.resolve("bin", program).toString());
        command.addAll(arguments);
        return command;
    }

    void run(String program, List<String> arguments, String input) throws IOException {
        Commands.Result result = Commands.run(LIMIT, command(program, arguments), input);
        if (!result.ok()) {
            throw new StackException(
                    "PostgreSQL's " + program + " failed: " + result.output().strip());
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String arch = "aarch64".equals(System.getProperty("os.arch")) ? "arm_64" : "x86_64";
        return os + "-" + arch;
    }

    private static void unpack(String platform, Path target) throws IOException {
        try (InputStream archive = PostgresPrograms.class.getResourceAsStream("/postgres-" + platform + ".txz")) {
            if (archive == null) {
                throw new StackException("This build has no PostgreSQL for " + platform
                        + ". Set SLIPWAY_DATABASE_URL to an existing database, such as"
                        + " postgres://user:password@localhost:5432/slipway.");
            }
            unpack(archive, target);
        }
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    boolean program = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    /** PostgreSQL refuses to run as root. In a user namespace of its own it is nobody, and still owns root's files. */
    private static List<String> stepDown() throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        List<String> namespace = List.of("unshare", "-U");
        if (SearchPath.ofEnvironment().find("unshare").isPresent()
                && Commands.run(LIMIT, List.of("unshare", "-U", "true")).ok()) {
            return namespace;
        }
        throw new StackException("PostgreSQL does not run as root, and user namespaces are not available to drop"
                + " privileges. Run as another user, or set SLIPWAY_DATABASE_URL to an existing database.");
    }
}
