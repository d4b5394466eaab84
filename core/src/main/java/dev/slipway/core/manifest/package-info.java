/** What manifests are made of: the records of the domain, described field by field. */
@NullMarked
package dev.slipway.core.manifest;

import org.jspecify.annotations.NullMarked;
