package dev.slipway.cli.artifact;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.connection.Connection;
import dev.slipway.cli.connection.Problem;
import dev.slipway.cli.connection.Retries;
import dev.slipway.cli.connection.Unreachable;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The artifact routes of the API. By {@code java.net.http}, because the other client knows no PATCH. */
final class ArtifactStore {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PATIENCE_FOR_A_SERVER = Duration.ofSeconds(15);
    private static final String OFFSET = "Upload-Offset";
    private static final String LENGTH = "Upload-Length";

    /** What came of a piece. {@code offset}: how much the store has of the archive now. */
    record Received(boolean isDigestMismatch, long offset) {}

    /** Nobody knows how much of the piece arrived. */
    static final class ConnectionLost extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient CommandException told;

        ConnectionLost(CommandException told) {
            super(told);
            this.told = told;
        }

        CommandException told() {
            return told;
        }
    }

    private final Connection connection;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    ArtifactStore(Connection connection) {
        this.connection = connection;
    }

    /** How much of the archive is there. */
    long offset(Digest digest) {
        Retries retries = Retries.lasting(PATIENCE_FOR_A_SERVER);
        while (true) {
            try {
                HttpResponse<String> answer = send(request(digest).HEAD().build());
                if (answer.statusCode() == 404) {
                    return 0;
                }
                if (answer.statusCode() == 200) {
                    return number(answer, OFFSET);
                }
                if (answer.statusCode() != 503 || !retries.pauseAfter(new IOException("status 503"))) {
                    throw Problem.of(answer.statusCode(), answer.body());
                }
            } catch (IOException e) {
                if (!retries.pauseAfter(e)) {
                    throw Unreachable.because(connection, e);
                }
            }
        }
    }

    /** Sends the piece that begins at {@code offset}. */
    Received append(Digest digest, long offset, long length, byte[] piece) throws ConnectionLost {
        HttpRequest request = request(digest)
                .header(OFFSET, String.valueOf(offset))
                .header(LENGTH, String.valueOf(length))
                .header("Content-Type", "application/octet-stream")
                .method("PATCH", BodyPublishers.ofByteArray(piece))
                .build();
        try {
            HttpResponse<String> answer = send(request);
            return switch (answer.statusCode()) {
                // 409: the store stands elsewhere, and says where.
                case 200, 204, 409 -> new Received(false, number(answer, OFFSET));
                case 503 -> throw new ConnectionLost(Problem.of(503, answer.body()));
                default -> refused(answer);
            };
        } catch (IOException e) {
            throw new ConnectionLost(Unreachable.because(connection, e));
        }
    }

    private static Received refused(HttpResponse<String> answer) {
        if (answer.body().contains("urn:slipway:problem:" + FailureType.DIGEST_MISMATCH.problemName())) {
            return new Received(true, 0);
        }
        throw Problem.of(answer.statusCode(), answer.body());
    }

    private HttpRequest.Builder request(Digest digest) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(connection.url() + "/api/artifacts/" + digest))
                .timeout(PATIENCE);
        ApiClient.headers(connection).forEach(request::header);
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("upload interrupted", "run it again: the upload resumes");
        }
    }

    private static long number(HttpResponse<String> answer, String header) {
        return answer.headers().firstValueAsLong(header).orElse(0);
    }
}
