package dev.slipway.core.gitops;

import org.jspecify.annotations.Nullable;

/**
 * A CI job, as its provider knows it.
 *
 * @param id as the provider counts its jobs or runs
 * @param branch that it runs for
 * @param commit that it runs for
 * @param actor who set it off
 * @param url of its page
 */
public record Job(
        String id,
        String branch,
        @Nullable String commit,
        @Nullable String actor,
        @Nullable String url) {}
