@NullMarked
package dev.slipway.workflows.release;

import org.jspecify.annotations.NullMarked;
