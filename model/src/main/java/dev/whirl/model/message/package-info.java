/// What processes of the platform say to each other. Every message is complete in itself.
@NullMarked
package dev.whirl.model.message;

import org.jspecify.annotations.NullMarked;
