@NullMarked
package dev.whirl.invoker.pool;

import org.jspecify.annotations.NullMarked;
