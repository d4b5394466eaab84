package dev.slipway.core.timeline;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.message.Message;
import java.time.Instant;

/**
 * One step of a deployment's timeline. {@code id} is made of run id and sequence, so that writing it twice changes
 * nothing; {@code actor} is who asked for what happened.
 */
public record TimelineEvent(String id, Instant at, Change change, Message message, Actor actor) {}
