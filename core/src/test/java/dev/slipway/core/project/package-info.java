@NullMarked
package dev.slipway.core.project;

import org.jspecify.annotations.NullMarked;
