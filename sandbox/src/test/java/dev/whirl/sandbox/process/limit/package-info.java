@NullMarked
package dev.whirl.sandbox.process.limit;

import org.jspecify.annotations.NullMarked;
