/// Sequences and compositions over HTTP, with an invoker that answers as told.
@NullMarked
package dev.whirl.controller.compose;

import org.jspecify.annotations.NullMarked;
