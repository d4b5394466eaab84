/** What every activity does, on whichever floor it runs. */
@NullMarked
package dev.slipway.workflows.activity;

import org.jspecify.annotations.NullMarked;
