/** The production shape: replicas in roles of their own, and the image that Docker Compose runs. */
@NullMarked
package dev.slipway.acceptance.shape;

import org.jspecify.annotations.NullMarked;
