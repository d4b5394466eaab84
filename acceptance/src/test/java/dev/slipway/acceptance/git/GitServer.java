package dev.slipway.acceptance.git;

import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.stack.Command;
import dev.slipway.acceptance.stack.Ports;
import dev.slipway.acceptance.stack.Stack;
import dev.slipway.core.gitops.GitRemote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Git server over https with a login: nginx, fcgiwrap and git http-backend. The same over http, for proxies. */
public final class GitServer implements AutoCloseable {
    /** What to say of a test that is skipped because {@link #isUsable()} says no. */
    public static final String NEEDS = "needs git, nginx, fcgiwrap, htpasswd and openssl";

    static final String USER = "deployer";
    static final String PASSWORD = "correct-horse-battery";

    private static final Path BACKEND = Path.of("/usr/lib/git-core/git-http-backend");
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path FCGIWRAP = Path.of("/usr/sbin/fcgiwrap");
    private static final Path HTPASSWD = Path.of("/usr/bin/htpasswd");

    private final Path folder;
    private final int httpsPort = Ports.free();
    private final int httpPort = Ports.free();
    private final List<Process> processes;
    private final Thread emergency;

    private GitServer(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("repositories"));
        createCertificate();
        Command.run(HTPASSWD.toString(), "-bc", folder.resolve("htpasswd").toString(), USER, PASSWORD)
                .expect(0);
        Path configuration = Files.writeString(folder.resolve("nginx.conf"), configuration());
        this.processes = List.of(
                start("fcgiwrap", FCGIWRAP.toString(), "-f", "-c", "8", "-s", "unix:" + folder.resolve("fcgi.sock")),
                start("nginx", NGINX.toString(), "-p", folder.toString(), "-c", configuration.toString()));
        this.emergency = new Thread(() -> processes.forEach(Process::destroyForcibly));
        Runtime.getRuntime().addShutdownHook(emergency);
        await("the Git server").atMost(Stack.SOON).until(() -> accepts(httpsPort) && accepts(httpPort));
    }

    /** For conditions of tests. */
    public static boolean isUsable() {
        return Stream.of(BACKEND, NGINX, FCGIWRAP, HTPASSWD, Path.of("/usr/bin/openssl"))
                .allMatch(Files::isExecutable);
    }

    /** One that keeps all that it has in {@code folder}. */
    public static GitServer start(Path folder) {
        try {
            return new GitServer(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void createCertificate() {
        Command.run(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=git",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1",
                        "-keyout",
                        folder.resolve("key.pem").toString(),
                        "-out",
                        folder.resolve("certificate.pem").toString())
                .expect(0);
    }

    private String configuration() {
        return """
                daemon off;
                worker_processes 2;
                pid nginx.pid;
                error_log error.log;
                %suser root;
                events {}
                http {
                  access_log access.log;
                  client_max_body_size 0;
                  client_body_temp_path tmp-body;
                  proxy_temp_path tmp-proxy;
                  fastcgi_temp_path tmp-fastcgi;
                  uwsgi_temp_path tmp-uwsgi;
                  scgi_temp_path tmp-scgi;
                  server {
                    listen 127.0.0.1:%d ssl;
                    listen 127.0.0.1:%d;
                    ssl_certificate certificate.pem;
                    ssl_certificate_key key.pem;
                    location ^~ /unavailable/ { return 503; }
                    location ^~ /elsewhere/ { return 301 https://localhost:%1$s/other.git/info/refs?$args; }
                    location ~ ^/old/(.*) { return 301 /$1$is_args$args; }
                    location ~ ^/(.*\\.git/.*)$ {
                      auth_basic git;
                      auth_basic_user_file htpasswd;
                      fastcgi_pass unix:fcgi.sock;
                      fastcgi_read_timeout 60s;
                      fastcgi_param SCRIPT_FILENAME %s;
                      fastcgi_param GIT_PROJECT_ROOT %s;
                      fastcgi_param GIT_HTTP_EXPORT_ALL 1;
                      fastcgi_param GIT_PROTOCOL $http_git_protocol;
                      fastcgi_param PATH_INFO /$1;
                      fastcgi_param REMOTE_USER $remote_user;
                      fastcgi_param REMOTE_ADDR $remote_addr;
                      fastcgi_param REQUEST_METHOD $request_method;
                      fastcgi_param QUERY_STRING $query_string;
                      fastcgi_param CONTENT_TYPE $content_type;
                      fastcgi_param CONTENT_LENGTH $content_length;
                    }
                  }
                }
                """.replace("%1$s", String.valueOf(httpsPort))
                .replace("unix:fcgi.sock", "unix:" + folder.resolve("fcgi.sock"))
                .formatted(
                        System.getProperty("user.name").equals("root") ? "" : "#",
                        httpsPort,
                        httpPort,
                        BACKEND,
                        folder.resolve("repositories"));
    }

    private Process start(String name, String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    public BareRepository create(String name) {
        return BareRepository.create(folder.resolve("repositories").resolve(name + ".git"));
    }

    /** The address of a repository, or of one of the server's pages, over https. */
    public GitRemote https(String path) {
        return GitRemote.parse("remote", "https://" + USER + "@127.0.0.1:" + httpsPort + "/" + path);
    }

    /** The same with the password in it, for the command line of Git. */
    public String urlWithPassword(BareRepository repository) {
        return "https://" + USER + ":" + PASSWORD + "@127.0.0.1:" + httpsPort + "/" + repository.name();
    }

    /** The same over http, for programs that know nothing of the certificate. */
    public String plainUrlWithPassword(BareRepository repository) {
        return "http://" + USER + ":" + PASSWORD + "@127.0.0.1:" + httpPort + "/" + repository.name();
    }

    public static String password() {
        return PASSWORD;
    }

    int httpPort() {
        return httpPort;
    }

    public Path certificate() {
        return folder.resolve("certificate.pem");
    }

    /** Which requests it had. */
    public String accessLog() {
        try {
            return Files.readString(folder.resolve("access.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean accepts(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        // Their children go with them only where they are asked, and those of fcgiwrap not even then.
        List<ProcessHandle> children =
                processes.stream().flatMap(Process::descendants).toList();
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit()
                .completeOnTimeout(process, 10, TimeUnit.SECONDS)
                .join());
        processes.forEach(Process::destroyForcibly);
        children.forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().removeShutdownHook(emergency);
    }
}
