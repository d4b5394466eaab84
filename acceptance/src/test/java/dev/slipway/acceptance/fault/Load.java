package dev.slipway.acceptance.fault;

import dev.slipway.acceptance.stack.Api;
import dev.slipway.acceptance.stack.Api.Answer;
import dev.slipway.acceptance.stack.Deployments.Request;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Clients that ask for deployments all the time, each request with its own key, and repeat one until it is accepted. */
final class Load implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Api api;
    private final Request request;
    private final Map<String, Answer> accepted = new ConcurrentHashMap<>();
    private final List<Answer> refused = new ArrayList<>();
    private final List<Thread> clients;
    private volatile boolean closed;

    Load(Api api, Request request, int clients) {
        this.api = api;
        this.request = request;
        this.clients = IntStream.range(0, clients)
                .mapToObj(_ -> Thread.ofVirtual().start(this::ask))
                .toList();
    }

    /** Answers that accepted a deployment, by their key. */
    Map<String, Answer> accepted() {
        return Map.copyOf(accepted);
    }

    /** All other answers. A connection that broke is none. */
    synchronized List<Answer> refused() {
        return List.copyOf(refused);
    }

    private void ask() {
        try {
            while (!closed) {
                askUntilAccepted(UUID.randomUUID().toString());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void askUntilAccepted(String key) throws InterruptedException {
        while (true) {
            try {
                Answer answer = api.deploy(request.json(), key);
                if (answer.status() == 202) {
                    accepted.put(key, answer);
                    Thread.sleep(PAUSE);
                    return;
                }
                addRefused(answer);
            } catch (UncheckedIOException e) {
                // Whether it was accepted is not known: the same key finds out.
            }
            Thread.sleep(PAUSE);
        }
    }

    private synchronized void addRefused(Answer answer) {
        refused.add(answer);
    }

    /** Ends once every client has its last request accepted. */
    @Override
    public void close() {
        closed = true;
        try {
            for (Thread client : clients) {
                client.join(Duration.ofMinutes(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
