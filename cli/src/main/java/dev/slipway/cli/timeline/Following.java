package dev.slipway.cli.timeline;

import dev.slipway.cli.command.ExitCode;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Colour;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.timeline.Outcome.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Follows one deployment until it ends, waits for a person, or the caller's patience does, and tells the outcome. */
public final class Following {
    /** How a deployment stood when it was left, and what came of waiting for it. */
    public record Followed(Deployment deployment, Outcome outcome) {}

    private final Invocation invocation;
    private final ApiClient api;
    private final @Nullable Duration timeout;
    private final InstantSource clock = InstantSource.system();

    public Following(Invocation invocation, ApiClient api, @Nullable Duration timeout) {
        this.invocation = invocation;
        this.api = api;
        this.timeout = timeout;
    }

    /** Follows the deployment and returns the exit code. It is a success also when {@code wanted}, a phase, is reached. */
    public int follow(Deployment deployment, Wanted wanted) {
        return report(await(deployment, wanted));
    }

    /** Follows the deployment, and leaves it to {@link #report} to tell the outcome. */
    public Followed await(Deployment deployment, Wanted wanted) {
        Terminal terminal = invocation.terminal();
        Story story = new Story(deployment);
        FollowView view = view(terminal);
        Instant deadline = timeout == null ? null : clock.instant().plus(timeout);
        Outcome outcome;
        try (Detaching _ = Detaching.on(terminal, deployment.id());
                Watch watch = new Watch(api, story, view, wanted, clock, deadline)) {
            view.begin(story, clock.instant());
            outcome = watch.await();
            view.end(story, clock.instant());
        }
        if (timeout != null && outcome.code() == ExitCode.TIMED_OUT) {
            outcome = Outcome.timedOut(story.deployment(), timeout);
        }
        return new Followed(story.deployment(), outcome);
    }

    private FollowView view(Terminal terminal) {
        if (terminal.isQuiet()) {
            return new PlainView(_ -> {}, _ -> {});
        }
        if (invocation.options().json()) {
            return new PlainView(terminal::note, terminal::note);
        }
        return terminal.isLive() ? new LiveView(terminal) : new PlainView(terminal::tell, terminal::note);
    }

    /** Tells the outcome, and returns its exit code. */
    public int report(Followed followed) {
        Terminal terminal = invocation.terminal();
        Outcome outcome = followed.outcome();
        if (invocation.options().json()) {
            terminal.print(Json.pretty(followed.deployment().document()));
        }
        if (outcome.code() != ExitCode.SUCCEEDED) {
            terminal.complain(terminal.paintedBeside(Colour.BAD, "error:") + " " + outcome.sentence());
            outcome.next().forEach(hint -> terminal.complain("hint: " + hint));
        } else if (!invocation.options().json()) {
            terminal.tell(terminal.painted(Colour.GOOD, outcome.sentence()));
        }
        return outcome.code().number();
    }
}
