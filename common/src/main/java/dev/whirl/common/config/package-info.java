/// Reading configuration: one flat set of `kebab-case` keys from a file, the environment and the command line.
///
/// - **Enter at** [dev.whirl.common.config.ConfigReader].
/// - **Rules:** every problem is collected and all are reported together; a key that nobody reads is a problem too.
/// - **Must not know:** which keys exist. Each part reads its own record.
@NullMarked
package dev.whirl.common.config;

import org.jspecify.annotations.NullMarked;
