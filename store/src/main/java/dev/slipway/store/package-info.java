/** PostgreSQL: the truth about configuration, and a read model of progress. */
@NullMarked
package dev.slipway.store;

import org.jspecify.annotations.NullMarked;
