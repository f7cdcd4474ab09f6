@NullMarked
package dev.whirl.sandbox.process.wire;

import org.jspecify.annotations.NullMarked;
