@NullMarked
package dev.whirl.sandbox.process.launch;

import org.jspecify.annotations.NullMarked;
