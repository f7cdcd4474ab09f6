/// Completion of command lines by shells.
@NullMarked
package dev.whirl.cli.completion;

import org.jspecify.annotations.NullMarked;
