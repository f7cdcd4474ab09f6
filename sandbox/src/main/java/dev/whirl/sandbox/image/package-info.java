/// Images of containers: their names, and what they can do.
///
/// - **Enter at** [dev.whirl.sandbox.image.ImageReference].
/// - **Must not know:** who runs them.
@NullMarked
package dev.whirl.sandbox.image;

import org.jspecify.annotations.NullMarked;
