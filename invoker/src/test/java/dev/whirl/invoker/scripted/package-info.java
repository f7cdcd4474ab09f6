/// Sandboxes in memory that do what a test tells them.
@NullMarked
package dev.whirl.invoker.scripted;

import org.jspecify.annotations.NullMarked;
