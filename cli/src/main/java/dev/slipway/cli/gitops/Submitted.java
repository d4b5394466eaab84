package dev.slipway.cli.gitops;

import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.timeline.Deployment;

/** A deployment that Slipway has taken, and the client that may follow it. */
record Submitted(Deployment deployment, ApiClient api) {}
