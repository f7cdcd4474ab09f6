@NullMarked
package dev.whirl.invoker.demand;

import org.jspecify.annotations.NullMarked;
