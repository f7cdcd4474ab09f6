/// Adapter: one file of changes, for the gateway of one process.
@NullMarked
package dev.whirl.gateway.store.file;

import org.jspecify.annotations.NullMarked;
