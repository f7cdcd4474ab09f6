/// Archives of files.
@NullMarked
package dev.whirl.common.archive;

import org.jspecify.annotations.NullMarked;
