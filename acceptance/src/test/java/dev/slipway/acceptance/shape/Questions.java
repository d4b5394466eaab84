package dev.slipway.acceptance.shape;

import dev.slipway.acceptance.stack.Api;
import dev.slipway.acceptance.stack.Api.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Somebody who asks one replica the same over and over, and remembers whatever was no good answer. */
final class Questions implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Api api;
    private final String path;
    private final List<String> unanswered = new ArrayList<>();
    private final Thread asker;
    private int answered;
    private volatile boolean closed;

    Questions(Api api, String path) {
        this.api = api;
        this.path = path;
        this.asker = Thread.startVirtualThread(this::ask);
    }

    private void ask() {
        try {
            while (!closed) {
                askOnce();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void askOnce() {
        try {
            Answer answer = api.get(path);
            note(answer.status() == 200, answer.toString());
        } catch (UncheckedIOException e) {
            note(false, e.toString());
        }
    }

    private synchronized void note(boolean good, String answer) {
        if (good) {
            answered++;
        } else {
            unanswered.add(answer);
        }
    }

    synchronized int answered() {
        return answered;
    }

    synchronized List<String> unanswered() {
        return List.copyOf(unanswered);
    }

    @Override
    public void close() {
        closed = true;
        try {
            asker.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
