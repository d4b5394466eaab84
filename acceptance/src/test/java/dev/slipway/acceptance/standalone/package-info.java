/** What a user starts: the launcher of a clone, the programs of the archives, and the stack of one machine. */
@NullMarked
package dev.slipway.acceptance.standalone;

import org.jspecify.annotations.NullMarked;
