@NullMarked
package dev.slipway.core.gitops;

import org.jspecify.annotations.NullMarked;
