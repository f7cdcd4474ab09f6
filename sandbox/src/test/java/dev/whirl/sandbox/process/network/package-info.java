@NullMarked
package dev.whirl.sandbox.process.network;

import org.jspecify.annotations.NullMarked;
