/// Files of the user: written whole or not at all, and told of by their own names. Knows nothing of commands.
@NullMarked
package dev.whirl.cli.file;

import org.jspecify.annotations.NullMarked;
