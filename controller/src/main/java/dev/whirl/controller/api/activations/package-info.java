/// Records of activations over HTTP: reading only (row R-139).
@NullMarked
package dev.whirl.controller.api.activations;

import org.jspecify.annotations.NullMarked;
