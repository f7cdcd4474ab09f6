/// The ranges within which users choose, and what one namespace may use.
@NullMarked
package dev.whirl.model.limits;

import org.jspecify.annotations.NullMarked;
