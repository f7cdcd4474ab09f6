/// The bus inside one process: the record itself is handed over, nothing is encoded.
@NullMarked
package dev.whirl.bus.memory;

import org.jspecify.annotations.NullMarked;
