/// Clients that nobody here wrote, unchanged, against the built distribution. The checks themselves are the scripts in
/// `e2e/src/test/clients`.
@NullMarked
package dev.whirl.e2e.clients;

import org.jspecify.annotations.NullMarked;
