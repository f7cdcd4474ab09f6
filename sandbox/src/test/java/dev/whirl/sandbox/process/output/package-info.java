@NullMarked
package dev.whirl.sandbox.process.output;

import org.jspecify.annotations.NullMarked;
