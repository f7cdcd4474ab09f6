@NullMarked
package dev.whirl.sandbox.output;

import org.jspecify.annotations.NullMarked;
