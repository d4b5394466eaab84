package dev.slipway.cli.timeline;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.ExitCode;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.connection.Call;
import dev.slipway.cli.connection.EventStream;
import dev.slipway.cli.connection.EventStream.Signal;
import dev.slipway.cli.connection.Retries;
import dev.slipway.cli.timeline.Outcome.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Waits for the outcome of one deployment by its event stream. */
final class Watch implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);
    // The restart of a server takes seconds. After this long, somebody should look.
    private static final Duration LONGEST_LOSS = Duration.ofMinutes(10);
    private static final Outcome OUT_OF_TIME = new Outcome(ExitCode.TIMED_OUT, "", List.of());

    private final ApiClient api;
    private final Story story;
    private final FollowView view;
    private final Wanted wanted;
    private final InstantSource clock;
    private final @Nullable Instant deadline;
    private final String path;
    private final EventStream stream;
    private @Nullable Instant lostSince;

    Watch(ApiClient api, Story story, FollowView view, Wanted wanted, InstantSource clock, @Nullable Instant deadline) {
        this.api = api;
        this.story = story;
        this.view = view;
        this.wanted = wanted;
        this.clock = clock;
        this.deadline = deadline;
        path = "/api/deployments/" + ApiClient.segment(story.deployment().id());
        stream = new EventStream(api.connection(), path + "/events");
    }

    /** The outcome; that of a timeout has no words yet. */
    Outcome await() {
        while (deadline == null || clock.instant().isBefore(deadline)) {
            Optional<Outcome> outcome = take(nextSignal());
            if (outcome.isPresent()) {
                return outcome.get();
            }
            if (story.needsDescription()) {
                story.describe(current());
            }
            view.tick(story, clock.instant());
        }
        return OUT_OF_TIME;
    }

    private @Nullable Signal nextSignal() {
        try {
            return stream.next(TICK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted", null);
        }
    }

    private Optional<Outcome> take(@Nullable Signal signal) {
        return switch (signal) {
            case null -> Optional.empty();
            case Signal.Arrived arrived -> add(Event.of(arrived.data()));
            case Signal.Connected _ -> connected();
            case Signal.Lost lost -> lost(lost.why());
            case Signal.Refused refused -> throw refused.why();
        };
    }

    private Optional<Outcome> add(Event event) {
        if (!story.add(event)) {
            return Optional.empty();
        }
        view.event(story, event, clock.instant());
        return event.isEnd() || event.waiting() ? settled(event) : Optional.empty();
    }

    // A story is told from its beginning, so that a wait in it may be over by now: only the API tells what is true.
    private Optional<Outcome> settled(Event event) {
        Deployment now = current();
        if (event.isEnd() && !now.hasEnded()) {
            throw CommandException.failed(
                    "deployment " + now.id() + " has ended, but the server did not report its status",
                    "check its status: slipway get deployments " + now.id());
        }
        Optional<Outcome> outcome = Outcome.of(now, wanted);
        if (outcome.isEmpty()) {
            return outcome;
        }
        boolean nothingToDo = outcome.get().code() == ExitCode.SUCCEEDED && story.changedNothing();
        story.conclude(now);
        return nothingToDo ? Optional.of(Outcome.nothingToDo(now)) : outcome;
    }

    private Deployment current() {
        Instant now = clock.instant();
        Instant latest = now.plus(LONGEST_LOSS);
        Instant until = deadline == null || deadline.isAfter(latest) ? latest : deadline;
        return Deployment.of(api.send(Call.get(path), Retries.lasting(Duration.between(now, until))));
    }

    private Optional<Outcome> connected() {
        if (lostSince != null) {
            view.note("reconnected");
            lostSince = null;
        }
        return Optional.empty();
    }

    private Optional<Outcome> lost(CommandException why) {
        Instant now = clock.instant();
        if (lostSince == null) {
            lostSince = now;
            view.note("connection lost, reconnecting (" + why.text() + ")");
        } else if (now.isAfter(lostSince.plus(LONGEST_LOSS))) {
            throw new CommandException(
                    ExitCode.FAILED,
                    why.text() + ", for " + LONGEST_LOSS.toMinutes() + " minutes; the deployment continues",
                    Outcome.attach(story.deployment().id()).getFirst());
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        stream.close();
    }
}
