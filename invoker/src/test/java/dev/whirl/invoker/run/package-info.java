@NullMarked
package dev.whirl.invoker.run;

import org.jspecify.annotations.NullMarked;
