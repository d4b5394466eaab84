package dev.slipway.store.deployment;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.deployment.Phase;
import dev.slipway.store.deployment.IdempotencyKeys.Answer;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Accepts deployments of every kind: from here on each of them has to come to an end. */
@Repository
public class Acceptance {
    private final JdbcClient jdbc;
    private final IdempotencyKeys keys;
    private final Outbox outbox;

    Acceptance(JdbcClient jdbc, IdempotencyKeys keys, Outbox outbox) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.outbox = outbox;
    }

    /**
     * Accepts the deployment that {@code writing} writes in this transaction, with its first event, or nothing at all. A
     * request whose key was answered before gets that answer, and nothing is written.
     */
    @Transactional
    public Accepted accept(@Nullable IdempotencyKey key, Supplier<Written> writing) {
        Optional<Answer> earlier = key == null ? Optional.empty() : keys.answerOrTake(key);
        if (earlier.isPresent()) {
            return new Accepted(earlier.get(), outbox.find(earlier.get().deployment()));
        }
        Written written = writing.get();
        insertEvent(written.deployment());
        outbox.put(written.deployment(), written.start());
        Answer answer = new Answer(written.deployment(), written.response());
        if (key != null) {
            keys.answer(key, answer);
        }
        return new Accepted(answer, Optional.of(written.start()));
    }

    private void insertEvent(DeploymentId id) {
        jdbc.sql("""
                        insert into event (deployment, position, event_id, at, type, status, phase, waiting, message, actor)
                        select id, 1, 'accepted', created_at, 'deployment', status, ?, false, message, actor
                        from deployment where id = ?""").params(Phase.QUEUED.name(), id.value()).update();
    }

    /**
     * The answer to the request that a deployment was accepted by, now or earlier.
     *
     * @param start how its workflow is started, as JSON; empty where it has begun
     */
    public record Accepted(Answer answer, Optional<String> start) {}

    /**
     * A deployment that its feature has written.
     *
     * @param start how its workflow is started, as JSON
     * @param response what the request is answered, now and whenever it is repeated
     */
    public record Written(DeploymentId deployment, String start, String response) {}
}
