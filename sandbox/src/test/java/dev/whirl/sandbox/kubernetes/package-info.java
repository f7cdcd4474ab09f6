@NullMarked
package dev.whirl.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
