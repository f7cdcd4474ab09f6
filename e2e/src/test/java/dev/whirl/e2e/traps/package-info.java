/// What re-implementers of OpenWhisk get wrong, as it should be. Each test carries the number of its trap; those that
/// are about one area stand with the other tests of that area.
@NullMarked
package dev.whirl.e2e.traps;

import org.jspecify.annotations.NullMarked;
