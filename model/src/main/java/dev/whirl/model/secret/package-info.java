/// Parameters that are stored encrypted (rows R-73 and I-55).
///
/// - **Enter at** [dev.whirl.model.secret.ParameterEncryption].
/// - **Rules:** encrypted where they are written, decrypted where they are handed to a function and nowhere else. No
///   key and no plain value gets into a log, an exception or an answer.
@NullMarked
package dev.whirl.model.secret;

import org.jspecify.annotations.NullMarked;
