package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** PostgreSQL of the stack, on loopback, with a password that only the owner of the data folder can read. */
record Postgres(DataDirectory data, CacheDirectory cache, int port) implements ManagedProcess {
    static final String USER = "slipway";
    private static final String DATABASE = "slipway";
    private static final int STATUS_LINE = 7;

    @Override
    public Part part() {
        return Part.POSTGRES;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    @Override
    public List<String> command() throws IOException {
        return PostgresPrograms.of(cache)
                .command(
                        "postgres",
                        List.of(
                                "-D", data.postgres().toString(),
                                "-p", Integer.toString(port),
                                "-c", "listen_addresses=127.0.0.1",
                                "-c", "unix_socket_directories=",
                                "-c", "max_connections=60",
                                "-c", "shared_buffers=32MB",
                                "-c", "io_method=sync",
                                "-c", "jit=off",
                                "-c", "wal_level=minimal",
                                "-c", "max_wal_senders=0",
                                "-c", "max_wal_size=256MB",
                                "-c", "log_timezone=UTC"));
    }

    @Override
    public void prepare() throws IOException {
        if (!Files.exists(data.postgres())) {
            makeCluster(PostgresPrograms.of(cache));
        }
        // Left by a killed PostgreSQL, it stops the next one if its pid has been given to another process since. That
        // PostgreSQL itself is gone: the pid file of the stack told.
        Files.deleteIfExists(statusFile());
    }

    /** A cluster that was made once on this machine is copied: making one takes seconds. */
    private void makeCluster(PostgresPrograms programs) throws IOException {
        Path template = cache.entry(
                "postgres-" + PostgresPrograms.VERSION + "-template-1", folder -> makeTemplate(programs, folder));
        Path draft = data.path().resolve("postgres.new");
        CacheDirectory.delete(draft);
        copy(template.resolve("data"), draft);
        String password = Files.readString(data.databasePassword()).strip();
        single(programs, draft, "ALTER ROLE " + USER + " PASSWORD '" + password + "'");
        Files.move(draft, data.postgres(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void makeTemplate(PostgresPrograms programs, Path folder) throws IOException {
        String cluster = folder.resolve("data").toString();
        programs.run(
                "initdb",
                List.of(
                        "-D",
                        cluster,
                        "-U",
                        USER,
                        "-A",
                        "scram-sha-256",
                        "-E",
                        "UTF8",
                        "--no-locale",
                        "--no-sync",
                        // Replaced in each copy; initdb asks for one.
                        "--pwfile=/dev/stdin"),
                "replaced\n");
        single(programs, folder.resolve("data"), "CREATE DATABASE " + DATABASE);
    }

    private static void single(PostgresPrograms programs, Path cluster, String statement) throws IOException {
        programs.run("postgres", List.of("--single", "-j", "-D", cluster.toString(), "postgres"), statement + ";\n\n");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path source : (Iterable<Path>) walk::iterator) {
                Path target = to.resolve(from.relativize(source).toString());
                Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("LC_ALL", "C", "TZ", "UTC");
    }

    /** PostgreSQL writes its state to a line of postmaster.pid; pg_ctl reads the same line. */
    @Override
    public boolean isReady() {
        try {
            List<String> lines = Files.readAllLines(statusFile());
            return lines.size() > STATUS_LINE
                    && "ready".equals(lines.get(STATUS_LINE).strip());
        } catch (IOException e) {
            return false;
        }
    }

    private Path statusFile() {
        return data.postgres().resolve("postmaster.pid");
    }
}
