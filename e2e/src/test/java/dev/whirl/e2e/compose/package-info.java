/// Sequences and compositions of functions that really run.
@NullMarked
package dev.whirl.e2e.compose;

import org.jspecify.annotations.NullMarked;
