/// The vocabulary of the platform: entities, limits, records, messages between processes, and every sentence a
/// user sees.
///
/// **Must not know:** how anything is stored, sent, run or served.
@NullMarked
package dev.whirl.model;

import org.jspecify.annotations.NullMarked;
