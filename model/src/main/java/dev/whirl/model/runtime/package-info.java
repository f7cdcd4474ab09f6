/// The languages and versions ("kinds") that actions can be written in.
@NullMarked
package dev.whirl.model.runtime;

import org.jspecify.annotations.NullMarked;
