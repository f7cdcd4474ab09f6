/// Tests of what is kept of compiled code.
@NullMarked
package dev.whirl.sandbox.process.compiled;

import org.jspecify.annotations.NullMarked;
