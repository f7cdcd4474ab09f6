/// How things look: colours, indented JSON, lists, tables, durations.
@NullMarked
package dev.whirl.cli.output;

import org.jspecify.annotations.NullMarked;
