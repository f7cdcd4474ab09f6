@NullMarked
package dev.whirl.sandbox.process;

import org.jspecify.annotations.NullMarked;
