@NullMarked
package dev.whirl.sandbox.kubernetes.api;

import org.jspecify.annotations.NullMarked;
