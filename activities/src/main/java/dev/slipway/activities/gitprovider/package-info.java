/** Git providers, who tell whether CI jobs are what they say they are. */
@NullMarked
package dev.slipway.activities.gitprovider;

import org.jspecify.annotations.NullMarked;
