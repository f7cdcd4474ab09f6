@NullMarked
package dev.whirl.invoker;

import org.jspecify.annotations.NullMarked;
