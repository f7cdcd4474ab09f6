@NullMarked
package dev.whirl.e2e.images;

import org.jspecify.annotations.NullMarked;
