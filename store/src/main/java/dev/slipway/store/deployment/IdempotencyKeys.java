package dev.slipway.store.deployment;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Requests that were answered, by the key of the client. All within the transaction of the request. */
@Repository
public class IdempotencyKeys {
    private static final int DELETIONS = 10_000;

    private final JdbcClient jdbc;

    IdempotencyKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The answer that was given to this request earlier. Empty: the key is taken for this transaction, and whoever else
     * comes with it waits here until this transaction has ended.
     */
    Optional<Answer> answerOrTake(IdempotencyKey key) {
        int taken = jdbc.sql(
                        "insert into idempotency (caller, key, request_hash) values (?, ?, ?) on conflict do nothing")
                .params(key.caller(), key.key(), key.requestHash())
                .update();
        if (taken == 1) {
            return Optional.empty();
        }
        return find(key);
    }

    /** The answer that was given to this request earlier; empty where it is new. */
    public Optional<Answer> find(IdempotencyKey key) {
        return jdbc.sql("select request_hash, deployment, response from idempotency where caller = ? and key = ?")
                .params(key.caller(), key.key())
                .query((row, _) -> {
                    if (!key.requestHash().equals(row.getString("request_hash"))) {
                        throw new SlipwayException(
                                FailureType.IDEMPOTENCY_KEY_REUSED,
                                "The Idempotency-Key was used for another request; use a new key for a new request");
                    }
                    return new Answer(new DeploymentId(row.getString("deployment")), row.getString("response"));
                })
                .optional();
    }

    void answer(IdempotencyKey key, Answer answer) {
        jdbc.sql("update idempotency set deployment = ?, response = ? where caller = ? and key = ?")
                .params(answer.deployment().value(), answer.response(), key.caller(), key.key())
                .update();
    }

    /** The answer that this request was given earlier; else {@code answer}, which it gets from now on. */
    @Transactional
    public Answer keep(IdempotencyKey key, Answer answer) {
        return answerOrTake(key).orElseGet(() -> {
            answer(key, answer);
            return answer;
        });
    }

    /** The request was refused after all: whoever comes with the key again is a new request. */
    @Transactional
    public void release(IdempotencyKey key) {
        jdbc.sql("delete from idempotency where caller = ? and key = ? and request_hash = ?")
                .params(key.caller(), key.key(), key.requestHash())
                .update();
    }

    /** Deletes some of the answers that are older than {@code age}. Returns how many. */
    public int forget(Duration age) {
        return jdbc.sql("""
                        delete from idempotency where (caller, key) in (
                            select caller, key from idempotency where created_at < now() - make_interval(secs => ?) limit ?)""").params((double) age.toSeconds(), DELETIONS).update();
    }

    public record Answer(DeploymentId deployment, String response) {}
}
