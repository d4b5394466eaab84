/** Deploy a chart from a CI job, by way of an IaC repository. */
@NullMarked
package dev.slipway.cli.gitops;

import org.jspecify.annotations.NullMarked;
