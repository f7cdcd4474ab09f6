/// `whirl gateway` as a process of its own.
@NullMarked
package dev.whirl.e2e.gateway;

import org.jspecify.annotations.NullMarked;
