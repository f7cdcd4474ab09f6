/// Attacks by people who may use the platform: on others' namespaces, and on its resources by what triggers what.
@NullMarked
package dev.whirl.e2e.attacks;

import org.jspecify.annotations.NullMarked;
