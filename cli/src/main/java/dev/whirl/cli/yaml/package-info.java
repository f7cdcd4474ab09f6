/// Reads YAML with the place of everything in it, so that messages can name line and column.
///
/// - **Enter at** [YamlReader].
/// - **Rules:** files come from strangers: nothing is constructed from tags, and sizes are bounded.
@NullMarked
package dev.whirl.cli.yaml;

import org.jspecify.annotations.NullMarked;
