/// Who calls: subjects, their namespaces and keys, and what they may use.
@NullMarked
package dev.whirl.model.identity;

import org.jspecify.annotations.NullMarked;
