/** Signed word from outside that there may be something to see. It makes things faster, and nothing needs it. */
@NullMarked
package dev.slipway.api.webhook;

import org.jspecify.annotations.NullMarked;
