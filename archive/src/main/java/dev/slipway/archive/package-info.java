/** The one reader of archives: told apart by their bytes, checked entry by entry, unpacked where nothing leads out. */
@NullMarked
package dev.slipway.archive;

import org.jspecify.annotations.NullMarked;
