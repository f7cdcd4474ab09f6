/// Ready packages in the namespace `whisk.system` (rows C-1 to C-13): read from folders with manifests, and put into
/// the store.
@NullMarked
package dev.whirl.server.catalog;

import org.jspecify.annotations.NullMarked;
