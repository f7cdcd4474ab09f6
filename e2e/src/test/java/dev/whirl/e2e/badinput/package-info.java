/// Malformed, lying, slow and hostile requests: refused with a sentence, and nothing left behind.
@NullMarked
package dev.whirl.e2e.badinput;

import org.jspecify.annotations.NullMarked;
