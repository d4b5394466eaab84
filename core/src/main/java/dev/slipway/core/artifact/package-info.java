/** What is deployed: archives and images, known by their digest. */
@NullMarked
package dev.slipway.core.artifact;

import org.jspecify.annotations.NullMarked;
