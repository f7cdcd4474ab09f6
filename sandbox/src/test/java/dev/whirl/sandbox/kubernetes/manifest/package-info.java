@NullMarked
package dev.whirl.sandbox.kubernetes.manifest;

import org.jspecify.annotations.NullMarked;
