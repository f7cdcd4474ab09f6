@NullMarked
package dev.whirl.e2e.containers;

import org.jspecify.annotations.NullMarked;
