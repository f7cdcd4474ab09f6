/// The server is killed, or its disk is full, at any moment: what was acknowledged stays true.
@NullMarked
package dev.whirl.e2e.crash;

import org.jspecify.annotations.NullMarked;
