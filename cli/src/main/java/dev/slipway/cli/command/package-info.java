/** What every command shares: global options, exit codes and how a failure is told. */
@NullMarked
package dev.slipway.cli.command;

import org.jspecify.annotations.NullMarked;
