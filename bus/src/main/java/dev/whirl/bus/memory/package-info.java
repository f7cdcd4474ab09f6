/// The bus inside one process: the record itself is handed over, nothing is encoded.
///
/// - **Enter at** [dev.whirl.bus.memory.MemoryBus].
/// - **Rules:** a message is taken, on the publisher's thread, before `publish` returns.
@NullMarked
package dev.whirl.bus.memory;

import org.jspecify.annotations.NullMarked;
