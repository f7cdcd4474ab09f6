@NullMarked
package dev.whirl.sandbox.docker;

import org.jspecify.annotations.NullMarked;
