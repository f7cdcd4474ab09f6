@NullMarked
package dev.whirl.sandbox.image;

import org.jspecify.annotations.NullMarked;
