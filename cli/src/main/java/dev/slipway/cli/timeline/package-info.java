/** The story of a deployment: follow it live, read its logs and its history. */
@NullMarked
package dev.slipway.cli.timeline;

import org.jspecify.annotations.NullMarked;
