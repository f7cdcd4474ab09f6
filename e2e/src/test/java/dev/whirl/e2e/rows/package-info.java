/// Keeps the list of rows that need a test, and looks for their tags in all modules.
@NullMarked
package dev.whirl.e2e.rows;

import org.jspecify.annotations.NullMarked;
