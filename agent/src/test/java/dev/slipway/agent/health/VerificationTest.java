package dev.slipway.agent.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.core.health.Health;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.health.Probe;
import dev.slipway.core.secret.Mask;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerificationTest {
    private static final String SECRET = "hunter22-hunter23";

    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final FakeSubject subject = new FakeSubject();
    private final List<String> said = new ArrayList<>();
    private final Verification verification = new Verification();

    VerificationTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/ok", exchange -> answer(exchange, 200, "release v2 is here"));
        server.createContext("/error", exchange -> answer(exchange, 500, "no"));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/ok");
            answer(exchange, 302, "");
        });
        server.createContext(
                "/late", exchange -> answer(exchange, requests.incrementAndGet() < 4 ? 503 : 200, "release v2"));
        server.createContext("/secret", exchange -> answer(exchange, 200, ".".repeat(70) + SECRET + " is it"));
        server.createContext("/endless", exchange -> answer(exchange, 200, SECRET.repeat(20_000)));
        server.createContext("/drip", VerificationTest::drip);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isContentWithTheExpectedStatusAndBody() throws Exception {
        Health health = verify(http("/ok", 200, "v2"), 3);

        assertThat(health.healthy()).isTrue();
        assertThat(health.attempts()).isEqualTo(1);
        assertThat(health.detail()).contains("GET ", "/ok answered 200 with \"v2\"", "1 probe in");
    }

    @Test
    void oneProbeSeesACrashLoopAsAVerificationDoes() throws Exception {
        subject.life = new Subject.Life(true, Duration.ofSeconds(2), 3, "exited with code 3");

        Health asked = verification.ask(check(http("/ok", 200, "v2"), 1), subject);

        assertThat(asked.healthy()).isFalse();
        assertThat(asked.detail()).isEqualTo("the service exited with code 3, 3 times");
        assertThat(verify(http("/ok", 200, "v2"), 3).healthy()).isFalse();
    }

    @Test
    void waitsUntilItIsHealthy() throws Exception {
        Health health = verify(http("/late", 200, "v2"), 20);

        assertThat(health.healthy()).isTrue();
        assertThat(health.attempts()).isEqualTo(4);
        assertThat(said).hasSize(2);
    }

    @Test
    void saysWhatItSawAndTheLastLogLines() throws Exception {
        subject.output = List.of("cannot reach database");

        Health health = verify(http("/error", 200, null), 4);

        assertThat(health.healthy()).isFalse();
        assertThat(health.detail())
                .contains("answered 500, expected 200 (4 probes in", "last log lines: cannot reach database");
    }

    @Test
    void saysWhatTheBodyLacks() throws Exception {
        assertThat(verify(http("/ok", 200, "v3"), 1).detail())
                .contains("its body lacks \"v3\"; it begins with \"release v2 is here\"");
    }

    @Test
    void hidesASecretThatTheEndOfWhatItShowsOfTheBodyCuts() throws Exception {
        assertThat(verify(http("/secret", 200, "v3"), 1).detail())
                .contains("it begins with \"" + ".".repeat(70) + "*** is it\"");
        assertThat(verify(http("/secret", 200, SECRET + "!"), 1).detail()).contains("its body lacks \"***!\"");
        assertThat(verify(http("/endless", 200, "v3"), 1).detail()).contains("it begins with \"***" + Mask.CUT + "\"");
    }

    @Test
    void followsNoRedirect() throws Exception {
        assertThat(verify(http("/moved", 200, null), 1).detail()).contains("answered 302, expected 200");
    }

    @Test
    void doesNotWaitForABodyThatDrips() throws Exception {
        long begin = System.nanoTime();

        Health health = verify(http("/drip", 200, "never"), 1);

        assertThat(health.detail()).contains("no response within 300ms");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void saysWhenNothingListens() throws Exception {
        assertThat(verify(new Probe.Tcp("127.0.0.1", 1), 1).detail()).contains("port 1 of 127.0.0.1", "refused");
        assertThat(verify(new Probe.Http(URI.create("http://127.0.0.1:1/"), 200, null), 1)
                        .detail())
                .contains("connection refused");
    }

    @Test
    void connectsToAPort() throws Exception {
        assertThat(verify(new Probe.Tcp("127.0.0.1", server.getAddress().getPort()), 1)
                        .healthy())
                .isTrue();
    }

    @Test
    void isNotContentWithAPortThatHangsUp() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    proxy.accept().close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            Health health = verify(new Probe.Tcp("127.0.0.1", proxy.getLocalPort()), 1);

            assertThat(health.healthy()).isFalse();
            assertThat(health.detail()).contains("closes them immediately");
        }
    }

    @Test
    void doesNotTrustAnAnswerOfSomethingElse() throws Exception {
        subject.life = new Subject.Life(false, Duration.ZERO, 1, "exited with code 1");

        Health health = verify(http("/ok", 200, null), 1);

        assertThat(health.healthy()).isFalse();
        assertThat(health.detail()).contains("from another process");
    }

    @Test
    void givesUpEarlyOnACrashLoop() throws Exception {
        subject.life = new Subject.Life(false, Duration.ZERO, 3, "exited with code 7");

        Health health = verify(http("/error", 200, null), 1_000);

        assertThat(health.healthy()).isFalse();
        assertThat(health.detail()).contains("the service exited with code 7, 3 times");
    }

    @Test
    void wantsAServiceThatStillRunsAMomentLater() throws Exception {
        subject.life = new Subject.Life(true, Duration.ofMillis(1), 0, "");

        Health health = verify(new Probe.Running(), 3);

        assertThat(health.healthy()).isTrue();
        assertThat(health.attempts()).isEqualTo(3);
        assertThat(said).first().asString().contains("it was started a moment ago");
    }

    @Test
    void stopsWhereTheCheckpointSaysSo() {
        assertThatThrownBy(() -> verification.verify(
                        check(http("/error", 200, null), 1_000),
                        subject,
                        () -> {
                            if (said.size() == 1) {
                                throw new InterruptedException();
                            }
                        },
                        said::add))
                .isInstanceOf(InterruptedException.class);
    }

    private Health verify(Probe probe, int retries) throws InterruptedException {
        return verification.verify(check(probe, retries), subject, () -> {}, said::add);
    }

    private static HealthCheck check(Probe probe, int retries) {
        return new HealthCheck(probe, Duration.ofMillis(300), retries, Duration.ofMillis(20));
    }

    private Probe http(String path, int status, @Nullable String body) {
        return new Probe.Http(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path), status, body);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            for (int i = 0; i < 200; i++) {
                body.write('.');
                body.flush();
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class FakeSubject implements Subject {
        private Life life = new Life(true, Duration.ofMinutes(1), 0, "");
        private List<String> output = List.of();

        @Override
        public Life life() {
            return life;
        }

        @Override
        public Exit run(List<String> command, Duration timeout) {
            return new Exit(true, "exited with code 0");
        }

        @Override
        public List<String> lastOutput() {
            return output;
        }

        @Override
        public Mask mask() {
            return Mask.of(List.of(SECRET));
        }
    }
}
