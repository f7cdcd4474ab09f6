@NullMarked
package dev.whirl.invoker.logs;

import org.jspecify.annotations.NullMarked;
