/** What the tests deploy: releases of a small service, and archives that nobody should deploy. */
@NullMarked
package dev.slipway.acceptance.sample;

import org.jspecify.annotations.NullMarked;
