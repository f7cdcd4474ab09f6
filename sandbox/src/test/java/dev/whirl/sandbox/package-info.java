@NullMarked
package dev.whirl.sandbox;

import org.jspecify.annotations.NullMarked;
