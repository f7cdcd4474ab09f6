/// Functions that really run: each language, each way to end, logs, concurrency.
@NullMarked
package dev.whirl.e2e.functions;

import org.jspecify.annotations.NullMarked;
