package dev.slipway.core.gitops;

import org.jspecify.annotations.Nullable;

/**
 * A job that is what it says it is.
 *
 * @param tokenUse that of the token that proved it; null for one that may come again while the job runs
 */
public record VerifiedJob(Job job, @Nullable TokenUse tokenUse) {}
